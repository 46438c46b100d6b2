"""Words that tell what a place in a sentence is: those of closed classes, and the commonest of the open ones."""

from __future__ import annotations

import re

from ...late import late


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SINGULAR = _words("a an this that each every another one either neither")
PLURAL = _words(
    """these those many several few various numerous multiple both two three four five six seven eight nine ten eleven
    twelve twenty thirty forty fifty sixty seventy eighty ninety thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen hundred thousand million billion hundreds thousands millions dozens scores"""
)
OFTEN_PLURAL = _words("more most all some other such fewer different certain")
POSSESSIVES = _words("its their his her our my your")
ARTICLES = POSSESSIVES | {"the"}
ORDINALS = _words("first second third fourth fifth next last same only whole entire single")
"""Of the words behind an article, those that say there is one thing."""
DETERMINERS = ARTICLES | SINGULAR | PLURAL
OBJECT = DETERMINERS | _words("more all some any it them us such what how whether")
"""Words that begin the object of a verb, and belong to no noun before them."""
BEFORE_THAT = _words(
    """said says say added adds noted notes expected expects expect hoped hopes hope believed believes believe thought
    thinks think showed shows show shown means mean meant ensure ensures ensured suggests suggested suggest found finds
    find reported reports indicates indicated stated states announced emphasized emphasised stressed predicted predicts
    argued argues confirmed warned claimed claims proves proved revealed reveals clear likely possible sure certain
    fact so such hoping saying showing meaning ensuring"""
)
"""Words behind which `that` opens a clause."""
BE_PLURAL = _words("are were have aren't weren't haven't")
BE_SINGULAR = _words("is was has isn't wasn't hasn't does doesn't")
BE = _words("is are was were isn't aren't wasn't weren't")
HAVE = _words("has have had hasn't haven't hadn't having")
MODALS = _words(
    "will would can could shall should must may might cannot won't can't couldn't don't didn't doesn't "
    "wouldn't shouldn't"
)
DO = _words("do does did")
PRONOUNS = _words("we they he she it i you who which")
BREAKS = _words(
    """of in on at by for with from to and or but nor as than that which who whose where when while because if into
    onto about over under between among through during before after against is are was were be been being has
    have had do does did will would can could may might must shall should not also it he she they we you i there
    without within across towards toward per via despite along"""
)
PREPOSITIONS = _words(
    """of in on at by for with from into onto about over under between among through during before after against
    without within across towards toward per via despite along"""
)
AFTERWARDS = _words(
    """again today only last now soon alone together here later abroad worldwide nationwide yesterday tomorrow tonight
    often once well ago online even rather never always still already instead every each since until till unless
    though although so"""
)
"""Words that go on with the sentence behind a noun."""
TIMES = _words(
    "year month week day decade time century summer winter spring autumn season night morning evening quarter"
)
CLOSED = AFTERWARDS | BREAKS | BE_PLURAL | BE_SINGULAR | MODALS | OBJECT | {"", "both", "then", "so", "too"}
"""Words, or the end, that cannot go on with the phrase of a noun before them."""
LINKING = BE | _words(
    """be been being become becomes became remain remains remained seem seems seemed look looks looked very so too
    quite highly extremely particularly especially increasingly rather equally truly really more most less least"""
)
"""Words with which an adjective stands behind them and no noun needs to follow."""
DEGREES = _words("more most less least")
UNGRADED = _words(
    "key main only same final last domestic overseas annual initial core major joint wireless online offline"
)
"""Adjectives that take no `very`."""
BEFORE_VERBS = _words("also not never still only even then further better always now jointly first")
"""Words that may stand between a modal and its verb; those in -ly are known by their end."""
HELPING = _words("help helps helped helping")
LIKE_ADVERBS = _words("only family early supply daily weekly monthly friendly likely lively july italy rely")
INFINITIVE = _words(
    """want wants wanted plan plans planned aim aims aimed hope hopes hoped seek seeks sought need needs needed able
    unable continue continues continued help helps helped try tries tried trying promise promises promised begin
    begins began start starts started effort efforts ability way ways order expected likely ready designed
    willing agree agrees agreed is are was were has have had chance opportunity opportunities going pledge
    pledges pledged vow vows vowed intend intends intended attempt attempts attempted strive strives striving
    wish wishes wished decide decides decided prepare prepares preparing refuse refuses refused fail fails
    failed allow allows enough easier harder difficult hard working works worked how aiming hoping seeking
    planning wanting trying supposed determined urged asked required encouraged able forced keen eager measures
    steps plan policy policies money used"""
)
"""Words behind which `to` stands before a verb."""
NOT_INFINITIVE = _words(
    """due thanks lead leads led leading contribute contributes contributed contribution contributions related relating
    according close closer key path road access commitment committed approach response addition dedicated
    respect prior owing opposed subject similar compared answer answers solution attention transition shift
    belong belongs challenge threat boost damage barrier barriers devoted adapt adapted adapting linked tied
    back down up on return returned returning devoted moved moving switch switched regard alternative contrary
    equal vital important essential central crucial obstacle obstacles support turn turned turning exposed
    exposure listen amount amounts"""
)
"""Words behind which `to` is a preposition."""
BEARERS = _words(
    """measure measures policy policies plan plans project projects programme programmes program programs system
    systems work works effort efforts mechanism mechanisms action actions platform tool tools service services
    agency agencies fund funds zone zones area areas centre center centres centers task tasks scheme schemes
    campaign campaigns process processes strategy strategies activity activities group groups department role
    methods costs capacity level levels rate rates speed stage stages path model models effect effects figures
    courses course data results reports report numbers facilities rooms room institutions companies company
    staff teams experts power powers rights problems issues skills abilities needs requirements functions
    features potential space value equipment conditions advantages experience opportunities channels networks
    network bases base technology technologies products standards rules goals fees costs software algorithm
    algorithms machines machine"""
)
"""Nouns that take an action before them (`protection measures`), and so need not be its object."""
ADJECTIVES = _words(
    """new old good bad great big small large long short high low strong weak close deep early late full further free
    fast slow hard main major key joint mutual wide broad rapid recent next last first second third own other
    more most future past steady sound green smart fair local real true sure clear direct open poor rich young
    public private foreign modern human daily weekly monthly yearly early likely friendly lively better best
    little much some any no such greater recent"""
)
VERBS = _words(
    """need needs want wants offer offers make makes made have help helps show shows give gives gave take takes took
    bring brings brought become becomes became remain remains provide provides include includes seek seeks face
    faces use uses get gets got go goes went come comes came see saw know knew say says said think thinks
    thought hope hopes plan plans rely relies need grow grows grew rise rises rose fall falls fell hold held
    keep keeps kept build built sell sold buy bought pay paid lose lost win won lead led begin began meet met
    run ran set put cut spend spent send sent find found leave left tell told feel felt stand stood understand
    work works live lives try tries call calls ask asks turn turns play plays move moves believe believes
    continue continues start starts support supports prefer prefers share shares want like likes agree agrees
    choose chose compete competes gain gains gained fear fears warn warns expect expects worry worries cost
    costs depend depends increase increases decline declines heard read wrote rode spoke grew drew drove ate
    drank flew threw wore lay sat slept swam sang rang shot shook stole taught caught fought hid bit froze woke
    broke forgot lent lit swept hung dealt meant blew hit hurt beat struck swore tore won went rose sank shone
    stuck swung wept wound bound bore bent fed fled laid lain hear watch fly own owns hang describe belong
    belongs stay stays join joins visit visits speak speaks write writes sit sits stand stands lie lies sing
    sings earn earns enter enters reach reaches receive receives serve serves follow follows argue argues claim
    claims add adds allow allows apply applies appear appears attend carry carries cause consider contain create
    cross decide deliver die dies disagree eat enjoy exist exists explain fail fly gather happen happens insist
    learn lie listen look looks love manage oppose own perform prepare produce protect publish pull push raise
    reflect refuse represent respond return save sell send settle sign sleep solve spread suffer teach travel
    vote wait walk wear win wish"""
)
NOUNS = _words(
    """work works time year years day days week month way part parts place places point rate rates group groups party
    power force forces training fishing building meeting planning engineering manufacturing farming learning
    marketing banking housing funding opening beginning ending meaning feeling living reading writing painting
    spending hearing warning trading mining shipping processing testing timing
    thing spring string king morning evening being wing ring setting gathering"""
)
"""Common nouns that look like verbs, or are verbs as well."""
NOUNISH = late(
    re.compile,
    r"(?:tion|sion|ment|ity|ness|ism|ist|ship|ance|ence|ency|ancy|age|ture|ology|maker|worker|hood|dom)s?$",
)
ADJECTIVISH = late(
    re.compile,
    r"(?:al|ive|ic|ous|able|ible|ful|less|ary|ent|ant|est|ed|ing|ian|ese|[a-z]{3}er|[a-z]-[a-z]+|-?based)$",
)
PARTICIPLE = late(
    re.compile,
    r"(?:[a-z]{2}ed|grown|been|risen|fallen|begun|taken|made|given|shown|built|brought|won|lost|cut|led|spread|left|sent"
    r"|met|heard|told|bought|paid|kept|spent|taught|caught|fought|put|set|run|gone|come|become|seen|sold|held|found)$",
)
PLURALISH = late(re.compile, r"[^'’sui]s$")
"""Offers, makes, roads; not news's, glass, various, this."""
