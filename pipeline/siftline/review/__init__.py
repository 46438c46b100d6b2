"""What a change of the rules does to a corpus: measure both sides, compare them, render the result.

sides.py reads the two sets of rules and says how they differ; measure.py cleans one document under one of them;
work.py does so for all, with what cache.py remembers, in processes that do what workers.py says; compare.py, gold.py,
suspicion.py and tables.py turn that into a report (report.py), which markdown.py and page.py render. decisions.py
writes what a reviewer decided into the rules.
"""

FORMATS = ("html", "md", "json")
"""The forms in which a report is written."""
SITES = 4
"""Sites on which a line stands at least for a rule to be proposed; of fewer a rule in rules/sites/ would speak."""
