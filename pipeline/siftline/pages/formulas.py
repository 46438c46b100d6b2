"""Formulas on one line: the TeX that a page has for them, or else what MathML says."""

from __future__ import annotations

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

_TEX = "annotation[encoding*=tex],annotation[encoding*=TeX]"
_STYLE = re.compile(r"^\{\\(?:displaystyle|textstyle)\s(.*)\}$", re.S)
_OF_FORMULA = re.compile(r"(?<![a-z])(?:math|latex|tex|formula|equation)(?![a-df-z])", re.I)
_SPACE = re.compile(r"\s+")
_MARKS = {"msup": "^", "msub": "_", "mfrac": "/", "munder": "_", "mover": "^"}
_LONGEST, _DEEPEST = 3000, 60
_MESSAGES = frozenset({"MathJax_Message", "MathJax_Hidden", "MathJax_Font_Test", "MathJax_SVG_Hidden"})
"""The boxes in which MathJax 2 speaks and measures."""
_RAISED = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_EXPONENT = re.compile(r"[-+−–]?[0-9]{1,4}")


def of_math(node: Any) -> str:
    """Return what a `math` element shows: TeX between dollar signs where it is given, else its symbols in a row.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> page = LexborHTMLParser("<math><msup><mi>b</mi><mn>2</mn></msup><mo>+</mo><mi>a</mi></math>")
    >>> of_math(page.css_first("math"))
    'b^2+a'
    """
    given = node.css_first(_TEX)
    tex = given.text() if given is not None else node.attributes.get("alttext") or ""
    if not tex.strip():
        return _linear(node, 0)
    return of_tex(tex, display=node.attributes.get("display") == "block")


def of_tex(tex: str, display: bool = False) -> str:
    r"""Return TeX between dollar signs, on one line.

    >>> of_tex(r"{\displaystyle a=b}")
    '$a=b$'
    """
    tex = _SPACE.sub(" ", tex.strip()[:_LONGEST]).strip("$ ")
    tex = _STYLE.sub(r"\1", tex).strip()
    marks = "$$" if display else "$"
    return f"{marks}{tex}{marks}" if tex else ""


def is_picture(image: Any) -> bool:
    """Whether a picture is one of a formula, whose text in its place is then TeX.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> page = LexborHTMLParser("<img class=latex alt='x^2'><img alt='A boat'>")
    >>> [is_picture(node) for node in page.css("img")]
    [True, False]
    """
    attributes = image.attributes
    classes = attributes.get("class")
    return bool(classes and _OF_FORMULA.search(classes)) or attributes.get("eeimg") is not None


def is_source(node: Any) -> bool:
    """Whether a node is a script that holds the TeX of a formula, as MathJax 2 keeps it."""
    return node.tag == "script" and (node.attrs.get("type") or "").startswith("math/tex")


def drawn(node: Any) -> str | None:
    """Return what stands for an element in which MathJax 2 has drawn a formula: nothing where its TeX stands behind it,
    else its MathML; None for any other element.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> page = LexborHTMLParser("<i class=MathJax>x2</i><script type=math/tex>x^2</script><p class=MathJax>x")
    >>> [drawn(node) for node in page.css(".MathJax")]
    ['', None]
    """
    follower = node.next
    while follower is not None and (follower.tag == "-text" and follower.text_content.isspace()):
        follower = follower.next
    if follower is not None and is_source(follower):
        return ""
    if node.tag == "mjx-container":
        return None
    attributes = node.attributes
    if (attributes.get("id") or "") in _MESSAGES or "MathJax_Preview" in (attributes.get("class") or ""):
        return ""
    given = attributes.get("data-mathml")
    math = (LexborHTMLParser(given) if given else node).css_first("math")
    return of_math(math) if math is not None else None


def raised(text: str) -> str | None:
    """Return a number as it stands above the line; None where the text is no number.

    >>> raised("-3"), raised("st")
    ('⁻³', None)
    """
    return text.translate(_RAISED) if _EXPONENT.fullmatch(text) else None


def _linear(node: Any, depth: int) -> str:
    """Return the symbols of MathML in a row, with `^`, `_` and `/` where it stacks them."""
    tag = node.tag
    if tag == "-text":
        return _SPACE.sub(" ", node.text_content or "").strip()
    if tag in ("annotation", "annotation-xml") or depth > _DEEPEST:
        return ""
    parts = [part for child in node.iter(include_text=True) if (part := _linear(child, depth + 1))]
    if tag == "msqrt":
        return f"√{_whole(''.join(parts))}"
    if tag == "msubsup" and len(parts) == 3:
        return f"{parts[0]}_{_whole(parts[1])}^{_whole(parts[2])}"
    if tag in _MARKS and len(parts) == 2:
        first = _whole(parts[0]) if tag == "mfrac" else parts[0]
        return f"{first}{_MARKS[tag]}{_whole(parts[1])}"
    return "".join(parts)


def _whole(text: str) -> str:
    """Return a text in brackets where it is more than a number or a name."""
    return text if len(text) == 1 or text.isalnum() else f"({text})"
