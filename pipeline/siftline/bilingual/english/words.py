"""Words that tell what a place in a sentence is: those of closed classes, and the commonest of the open ones."""

from __future__ import annotations

import re

from ...late import late


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list that is written as a text."""
    return frozenset(text.split())


SINGULAR = words_of("a an this that each every another one either neither")
PLURAL = words_of(
    """these those many several few various numerous multiple both two three four five six seven eight nine ten eleven
    twelve twenty thirty forty fifty sixty seventy eighty ninety thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen hundred thousand million billion hundreds thousands millions dozens scores"""
)
OFTEN_PLURAL = words_of("more most all some other such fewer different certain")
POSSESSIVES = words_of("its their his her our my your")
ARTICLES = POSSESSIVES | {"the"}
ORDINALS = words_of("first second third fourth fifth next last same only whole entire single")
"""Of the words behind an article, those that say there is one thing."""
DETERMINERS = ARTICLES | SINGULAR | PLURAL
OBJECT = DETERMINERS | words_of("more all some any it them us such what how whether")
"""Words that begin the object of a verb, and belong to no noun before them."""
BEFORE_THAT = words_of(
    """said says say added adds noted notes expected expects expect hoped hopes hope believed believes believe thought
    thinks think showed shows show shown means mean meant ensure ensures ensured suggests suggested suggest found
    finds find reported reports indicates indicated stated states announced emphasized emphasised stressed predicted
    predicts argued argues confirmed warned claimed claims proves proved revealed reveals clear likely possible sure
    certain fact so such hoping saying showing meaning ensuring"""
)
"""Words behind which `that` opens a clause."""
BE_PLURAL = words_of("are were have aren't weren't haven't")
BE_SINGULAR = words_of("is was has isn't wasn't hasn't does doesn't")
BE = words_of("is are was were isn't aren't wasn't weren't")
BE_FORMS = BE | {"be", "been", "being"}
AGREEING = BE_PLURAL | BE_SINGULAR
"""Verbs that tell whether their subject is one or many."""
HAVE = words_of("has have had hasn't haven't hadn't having")
MODALS = words_of(
    """will would can could shall should must may might cannot won't can't couldn't don't didn't doesn't wouldn't
    shouldn't"""
)
DO = words_of("do does did")
PRONOUNS = words_of("we they he she it i you who which")
PREPOSITIONS = words_of(
    """of in on at by for with from into onto about over under between among through during before after against without
    within across towards toward per via despite along"""
)
BREAKS = PREPOSITIONS | words_of(
    """to and or but nor as than that which who whose where when while because if is are was were be been being has have
    had do does did will would can could may might must shall should not also it he she they we you i there"""
)
AFTERWARDS = words_of(
    """again today only last now soon alone together here later abroad worldwide nationwide yesterday tomorrow tonight
    often once well ago online even rather never always still already instead since until till unless though although"""
)
"""Words that go on with the sentence behind a noun."""
TIMES = words_of(
    """year month week day decade time century summer winter spring autumn season night morning evening quarter"""
)
CLOSED = AFTERWARDS | BREAKS | AGREEING | MODALS | OBJECT | {"", "both", "then", "so", "too"}
"""Words, or the end, that cannot go on with the phrase of a noun before them."""
LINKING = BE_FORMS | words_of(
    """become becomes became remain remains remained seem seems seemed look looks looked very so too quite highly
    extremely particularly especially increasingly rather equally truly really more most less least"""
)
"""Words with which an adjective stands behind them and no noun needs to follow."""
DEGREES = words_of("more most less least")
UNGRADED = words_of(
    """key main only same final last domestic overseas annual initial core major joint wireless online offline"""
)
"""Adjectives that take no `very`."""
BEFORE_VERBS = words_of("also not never still only even then further better always now jointly first")
"""Words that may stand between a modal and its verb; those in -ly are known by their end."""
HELPING = words_of("help helps helped helping")
LIKE_ADVERBS = words_of("only family early supply daily weekly monthly friendly likely lively july italy rely")
INFINITIVE = words_of(
    """want wants wanted plan plans planned aim aims aimed hope hopes hoped seek seeks sought need needs needed able
    unable continue continues continued help helps helped try tries tried trying promise promises promised begin
    begins began start starts started effort efforts ability way ways order expected likely ready designed willing
    agree agrees agreed is are was were has have had chance opportunity opportunities going pledge pledges pledged
    vow vows vowed intend intends intended attempt attempts attempted strive strives striving wish wishes wished
    decide decides decided prepare prepares preparing refuse refuses refused fail fails failed allow allows enough
    easier harder difficult hard working works worked how aiming hoping seeking planning wanting supposed determined
    urged asked required encouraged forced keen eager measures steps policy policies money used"""
)
"""Words behind which `to` stands before a verb."""
NOT_INFINITIVE = words_of(
    """due thanks lead leads led leading contribute contributes contributed contribution contributions related relating
    according close closer key path road access commitment committed approach response addition dedicated respect
    prior owing opposed subject similar compared answer answers solution attention transition shift belong belongs
    challenge threat boost damage barrier barriers devoted adapt adapted adapting linked tied back down up on return
    returned returning moved moving switch switched regard alternative contrary equal vital important essential
    central crucial obstacle obstacles support turn turned turning exposed exposure listen amount amounts"""
)
"""Words behind which `to` is a preposition."""
BEARERS = words_of(
    """measure measures policy policies plan plans project projects programme programmes program programs system systems
    work works effort efforts mechanism mechanisms action actions platform tool tools service services agency
    agencies fund funds zone zones area areas centre center centres centers task tasks scheme schemes campaign
    campaigns process processes strategy strategies activity activities group groups department role methods costs
    capacity level levels rate rates speed stage stages path model models effect effects figures courses course data
    results reports report numbers facilities rooms room institutions companies company staff teams experts power
    powers rights problems issues skills abilities needs requirements functions features potential space value
    equipment conditions advantages experience opportunities channels networks network bases base technology
    technologies products standards rules goals fees software algorithm algorithms machines machine"""
)
"""Nouns that take an action before them (`protection measures`), and so need not be its object."""
ADJECTIVES = words_of(
    """new old good bad great big small large long short high low strong weak close deep early late full free fast slow
    hard main major key joint wide broad rapid next first second third own more most future past steady sound green
    smart fair true sure clear direct open poor rich young private foreign modern human daily weekly monthly yearly
    likely friendly lively little much no such"""
)
VERBS = words_of(
    """need needs want wants offer offers make makes made have help helps show shows give gives gave take takes took
    bring brings brought become becomes became remain remains provide provides include includes seek seeks face faces
    use uses get gets got go goes went come comes came see saw know knew say says said think thinks thought hope
    hopes plan plans rely relies grow grows grew rise rises rose fall falls fell hold held keep keeps kept build
    built sell sold buy bought pay paid lose lost win won lead led begin began meet met run ran set put cut spend
    spent send sent find found leave left tell told feel felt stand stood understand work works live lives try tries
    call calls ask asks turn turns play plays move moves believe believes continue continues start starts support
    supports prefer prefers share shares like likes agree agrees choose chose compete competes gain gains gained fear
    fears warn warns expect expects worry worries cost costs depend depends increase increases decline declines heard
    read wrote rode spoke drew drove ate drank flew threw wore lay sat slept swam sang rang shot shook stole taught
    caught fought hid bit froze woke broke forgot lent lit swept hung dealt meant blew hit hurt beat struck swore
    tore sank shone stuck swung wept wound bound bore bent fed fled laid lain hear watch fly own owns hang describe
    belong belongs stay stays join joins visit visits speak speaks write writes sit sits stands lie lies sing sings
    earn earns enter enters reach reaches receive receives serve serves follow follows argue argues claim claims add
    adds allow allows apply applies appear appears attend carry carries cause consider contain create cross decide
    deliver die dies disagree eat enjoy exist exists explain fail gather happen happens insist learn listen look
    looks love manage oppose perform prepare produce protect publish pull push raise reflect refuse represent respond
    return save settle sign sleep solve spread suffer teach travel vote wait walk wear wish"""
)
NOUNS = words_of(
    """work works time year years day days week month way part parts place places point rate rates group groups party
    power force forces training fishing building meeting planning engineering manufacturing farming learning
    marketing banking housing funding opening beginning ending meaning feeling living reading writing painting
    spending hearing warning trading mining shipping processing testing timing thing spring string king morning
    evening being wing ring setting gathering"""
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
YEAR = late(re.compile, r"(?:19|20)\d\d")
PLURALISH = late(re.compile, r"[^'’sui]s$")
"""Offers, makes, roads; not news's, glass, various, this."""
