"""Function words by which languages of one script are told apart, and the letters only some of them use.

The lists are the commonest articles, pronouns, prepositions, conjunctions and auxiliaries of each language, as
grammars give them. A word of several languages counts for each of them, by its share.
"""

from __future__ import annotations

from functools import cache

from ..tables import kept

LATIN = {
    "en": """the of and to in is that it for was on are as with be by at this have from or had not but what all were
        when we there can an your which their said if do will each about how up out them then she many some so these
        would other into has more her two him see could no make than been its who now people my made over did down
        only way find use may where most through our he his they you i am me us also any after before because while
        during between under against without within such very just should must might being does both few those here
        why too own same until again further once every however according although among upon toward towards whether
        since via per it's don't i'm you're we're they're isn't can't didn't doesn't won't new please first last one
        get got know think say says want like well even much still never always""",
    "de": """der die das und ist nicht ein eine einen einem einer eines zu den dem des mit von für auf im ich sie er
        es wir ihr sich als auch an nach wie aus bei oder aber wenn nur noch werden wird wurde wurden hat haben
        hatte sind war waren kann können muss über unter vor durch zum zur vom beim dass daß so man mehr sehr hier
        dort diese dieser dieses diesem diesen mein sein seine seiner ihre ihren kein keine schon immer doch um bis
        gegen ohne zwischen während weil damit was wer wo sowie etwa jedoch am ab ihn ihm uns euch mich dich mir dir
        gibt alle alles jetzt wieder nun dann da neue neuen haben's sollte soll wollen will ins fuer ueber""",
    "fr": """le la les un une des du de et est que qui dans pour pas sur au aux avec ce cette ces il elle ils elles
        nous vous je tu on ne se son sa ses leur leurs mon ma mes notre votre vos nos plus par mais ou où donc car
        si tout tous toute toutes être sont était ont avoir fait comme sans sous entre vers chez après avant depuis
        pendant aussi très bien même encore déjà ici là alors ainsi été avait peut sera l d qu c s n j y en à quand
        comment pourquoi quoi dont lui moi toi eux deux faire dit ni autre autres certains plusieurs lors selon""",
    "es": """el la los las un una unos unas de del y o que en es no se por para con su sus al lo como más mas pero
        si sí ya este esta estos estas ese esa eso esto le les me mi mis te tu tus nos muy sin sobre también tambien
        hasta hay donde quien desde todo todos toda todas cuando entre ser son fue era está están ha han había
        porque qué cómo uno dos él ella ellos nosotros usted ustedes yo así además según durante contra ante bajo
        cada otro otra otros otras mismo aunque mientras tiene tienen puede pueden hacer sólo solo e ni""",
    "it": """il lo la gli le un uno una di del della dei delle degli dello nel nella nei e che è non per con si sono
        al alla ai alle da dal dalla su sul sulla come più ma anche se questo questa questi queste quello quella ha
        hanno era essere ho abbiamo noi voi loro lui lei io mi ti ci vi suo sua suoi dove quando perché chi cosa
        molto tutto tutti tutta dopo prima senza tra fra stato stata l d dell nell all un' ed ogni così però già""",
    "pt": """o a os as um uma uns umas de do da dos das e em no na nos nas que é não nao se por para com como mais
        mas ao aos à às seu sua seus suas este esta isto esse essa isso ele ela eles elas eu você voce nós me te lhe
        foi ser são está estão tem têm há ou já também muito quando onde quem porque até sem sobre entre depois
        antes pelo pela pelos pelas num numa foram era meu minha todos todas""",
    "nl": """de het een en van in is dat op te zijn voor met niet aan er om ook als bij maar door naar uit over ze
        hij zij wij we je jij ik u hun haar dit deze die wat wie waar wanneer nog wel geen kan kunnen moet wordt
        worden werd had heeft hebben was waren meer tot of zo dan toch al onder tegen tussen na sinds omdat""",
    "sv": """och att det som en ett den är på av för med inte till i har de om var jag han hon vi ni du sig men så
        kan ska skulle från eller när där här mycket efter under över mellan utan också alla denna detta dessa""",
    "da": """og i det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham
        hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind når
        være efter også blive bliver""",
    "no": """og i det som en et den er på av for med ikke til har de om var jeg han hun vi dere du seg men så kan
        skal skulle fra eller når der her etter over mellom uten også alle denne dette disse hva hvor ble være blir
        mot""",
    "fi": """ja on ei se että oli hän en mutta joka jos niin myös kuin ovat olen minä sinä me te he tämä nyt vain
        kun sen siitä mitä olla ole jo sitten vielä kaikki kanssa hänen tai""",
    "pl": """i w na z do nie się jest to że o jak po za od przez dla co tak ale czy już był była było są jego jej
        ich być może przy oraz tym tego który która które tylko bardzo pod przed ze gdy kiedy ma nad""",
    "cs": """a se v na je že s z do to o i k ve pro za by ale si po jako od který která které jsem jsou byl byla
        bylo při nebo tak jen jeho ze už také být není až když""",
    "ro": """și si de la în in a cu nu pe este un o să sa că ca din care mai pentru au al ale lui ei sau dar prin
        după până fost sunt era ce cum când unde despre între acest această""",
    "hu": """a az és hogy nem is egy ez azt csak de meg volt el ha már van mint még vagy ki mert minden aki ami lesz
        lehet után között kell""",
    "tr": """ve bir bu da de için ile çok ne o ben sen biz siz daha gibi kadar olarak var yok mi mı ama her en sonra
        değil olan oldu ki hem ya veya""",
    "vi": """và của là có không được cho một những các với người này trong đã để khi từ đến như tôi anh em chúng ta
        họ nhưng cũng về""",
    "id": """yang dan di ini itu dengan untuk dari tidak pada dalam adalah akan ke ada juga saya kami kita mereka
        dia atau oleh karena bisa telah sudah sebagai lebih""",
    "sk": """sa na v že je s z k o vo pre za ale si po ako od ktorý ktorá ktoré ktorí som sú bol bola bolo boli pri
        alebo tak jeho zo už tiež byť nie až keď však aby ich jej má pod nad medzi podľa ešte bude budú sme čo
        ktorú ktorých pretože kde kedy iba""",
    "sl": """je se na da za od iz kako ki kateri katera ni biti bil bila bilo ali pa tudi kot po pri pred med brez pod
        nad ta zelo tako še bo bi s z v sem smo ker če kaj kjer ko lahko vendar več bodo ga jih""",
    "hr": """je se na da su za od iz kako koji koja koje što nije biti bio bila bilo ili ali sam smo ste kao po pri
        prije nakon između kroz bez pod nad ovaj ova ovo taj ta jedan vrlo tako također samo još će bi s sa u kod
        te ga mu ih""",
    "lv": """un ir ar par uz ka tas tā kas kā lai bet vai arī jau vēl tikai pēc pie pirms starp bez kur kad tad bija
        būs būt nav es mēs viņš viņa viņi savu šis šī šo tiek var gadu gada ļoti viņam""",
    "lt": """ir kad iš į su ne bet ar arba taip tai kaip yra buvo bus būti jis ji jie aš jos jo savo šis ši tas ta
        kuris kuri kurie nuo po prie už tik dar jau labai dėl apie gali jog kurį""",
    "et": """ja ei et oli ta kui ka ning või aga mis kes seda selle oma siis nii veel ainult pärast enne vahel ilma üle
        kus millal mina sina meie teie nemad nad olen oled oleme olid olla pole mitte väga juba kõik saab eest ole
        teda tema""",
    "ca": """el la els les un una de del dels que és en es amb com més però si ja aquest aquesta aquests aquestes això
        ha han van són ser seva seu seus tot també molt quan sobre entre fins des després abans perquè què
        nosaltres jo tu ell ella pel pels al als havia dins sense tots totes cada""",
    "sq": """dhe në të e që për nga një është ka si por nuk se u më kjo ky ai ajo ata ju unë janë ishte kanë kishte
        edhe apo ose deri pas para pa mbi nën shumë vetëm kur ku çfarë cili cila së""",
    "is": """og að í á er sem til við um af var ekki en með það hann hún þau þeir ég þú fyrir eftir frá eða þegar þar
        hér svo mjög verið vera hafa hefur hafði sé sig""",
    "eu": """eta da du ez dira zen baina ere egin izan dute beste hau hori nik zuk gure dago zuen ziren bere duen den
        hala baino bezala""",
    "ga": """agus dtí éis dúirt mbeadh bhí tá sé sí ach leis chuig nach seo sin atá raibh bhfuil siad muid dóibh
        féin mar idir faoi roimh na""",
    "cy": """yn mae yr ei gan wedi oedd fel hefyd ond nid i'r o'r a'r hwn hon bod wneud gyda ar eu ac yw sydd roedd
        maen""",
    "tl": """ang ng sa na mga ay si ni kay para hindi ito iyon niya siya sila namin natin ko mo po kung dahil pero wala
        din rin lang pa nang nasa noong ngunit upang""",
    "sw": """ya wa na kwa ni katika za la hii huo hizi huyo lakini au pia kama kuwa baada kabla hakuna yeye wao sisi
        mimi wewe yangu yake wake sana""",
    "af": """die nie en vir wat het dat van ek jy hy sy hulle julle deur sal ook om te haar met maar na uit""",
}
"""Code of the language: its function words."""

CYRILLIC = {
    "ru": """и в не на что с он как это по но из у за от о же так все его вы бы только еще ещё мне было меня когда
        уже для ни быть был была были если или есть чтобы они мы ты я она к до вот нет да ему даже под этого чем где
        себя при который которая которые также после над между через без со можно во том этом этой тоже может надо
        ее её их нас вас им них него своей своих очень больше кто потом много ли лишь мой моя мои наш наши ваш эти
        этот эта тот та те тех тем всего всех всем кого чего здесь там тут сейчас теперь ей ею сам сами нужно такой
        такая такие другой другие каждый первый один однако конечно всегда никогда снова почти вместе сегодня вчера
        завтра год года лет людей""",
    "uk": """і й в у не на що з він як це по але із за від о ж так всі його ви би лише ще мені було мене коли вже
        для ні бути був була були якщо або є щоб вони ми ти я вона до ось немає та йому навіть під цього ніж де себе
        при який яка які також після над між через без зі можна тому цій теж може треба її їх нас вас їм дуже більше
        хто потім про тільки цей ця ці цих тут там нема тобто бо аби щодо саме свої свою своїх має мають яку воно
        інші інших однак отже справді мабуть звісно звичайно головне взагалі власне зараз тепер завжди ніколи знову
        майже разом сьогодні вчора завтра року років людей""",
    "bg": """и в не на че с той като това по но от за да се е са ще със във си ги го му ни ми ли й която който които
        което към при до или само още беше бяха има няма може тя те ние вие аз ако когато след преди между през без
        под над този тази тези един една едно много така също както където защото бъде били пък сме съм сте трябва
        вече винаги никога отново почти заедно сега тогава тук днес вчера утре година години хора""",
    "sr": """и у не на је да се са су за од по али као или то што он она они ми ви ти ја би био била било који која
        које код после пре између кроз без под над овај ова ово један врло тако такође само још бити није нису ће""",
    "mk": """и во не на е да се со од за по но како или тоа што тој таа тие ние вие јас би беше беа кој која кои кое
        при меѓу низ без под над овој оваа ова еден многу така исто само уште ќе сум сме има нема може""",
    "be": """і у ў не на што з ён як гэта па але за ад аб ж так усе яго вы бы толькі яшчэ мне было калі ўжо для быць
        быў была былі або ёсць каб яны мы ты я яна да вось""",
}
"""Code of the language: its function words."""

LETTERS = {
    "de": "ßäöü",
    "fr": "çèêàùîôœëï",
    "es": "ñ¿¡áíóú",
    "pt": "ãõçáê",
    "it": "èòàùì",
    "sv": "åäö",
    "da": "æøå",
    "no": "æøå",
    "pl": "łąężśćń",
    "cs": "řěůžšč",
    "ro": "țșăţş",
    "hu": "őű",
    "tr": "ışğ",
    "vi": "ơưđạảấầẩẫậắằặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "fi": "äö",
    "et": "õäöü",
    "lv": "āēīūķļņģžš",
    "lt": "ėįųūžš",
    "sk": "ľĺŕôťžšč",
    "sl": "žšč",
    "hr": "đćžšč",
    "sq": "ëç",
    "ca": "·çèàòï",
    "is": "þðæ",
}
"""Letters that few other languages of the Latin script write."""

CYRILLIC_LETTERS = {
    "ru": "ыэё", "uk": "іїєґ", "be": "ўі", "sr": "ђћџјљњ", "mk": "ѓќѕјљњ", "bg": "ъ", "kk": "әғқңөұүһ",
}  # fmt: skip
"""Letters that few other languages of the Cyrillic script write."""


@kept
def latin() -> dict[str, tuple[tuple[str, float], ...]]:
    """Return each Latin function word with the languages that it speaks for, and how strongly (0 to 1)."""
    return _inverted(LATIN)


@kept
def cyrillic() -> dict[str, tuple[tuple[str, float], ...]]:
    """Return each Cyrillic function word with the languages that it speaks for, and how strongly (0 to 1)."""
    return _inverted(CYRILLIC)


@cache
def english_alone() -> frozenset[str]:
    """Return the English function words that no other language here has: most pages are settled by these."""
    return frozenset(word for word, owners in latin().items() if len(owners) == 1 and owners[0][0] == "en")


@cache
def english_commonest() -> tuple[str, ...]:
    """Return the commonest of them, as they stand inside a line."""
    words = [
        "the",
        "and",
        "of",
        "that",
        "with",
        "from",
        "was",
        "are",
        "this",
        "have",
        "which",
        "your",
        "their",
        "been",
        "were",
        "about",
        "would",
        "they",
    ]
    return tuple(f" {word} " for word in words if word in english_alone())


@cache
def letters(script: str) -> dict[str, tuple[str, ...]]:
    """Return each letter that marks a language of the script (latin or cyrillic), with those it speaks for."""
    owners: dict[str, list[str]] = {}
    for lang, own in (LETTERS if script == "latin" else CYRILLIC_LETTERS).items():
        for letter in own:
            owners.setdefault(letter, []).append(lang)
    return {letter: tuple(langs) for letter, langs in owners.items()}


def _inverted(lists: dict[str, str]) -> dict[str, tuple[tuple[str, float], ...]]:
    owners: dict[str, list[str]] = {}
    for lang, words in lists.items():
        for word in dict.fromkeys(words.split()):
            owners.setdefault(word, []).append(lang)
    # One letter is often an initial, a list mark or a symbol: half the weight.
    return {
        word: tuple((lang, (0.5 if len(word) == 1 else 1.0) / len(langs) ** 0.5) for lang in langs)
        for word, langs in owners.items()
    }
