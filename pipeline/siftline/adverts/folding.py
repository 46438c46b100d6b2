"""Folding of text so that an advert reads alike however it is disguised.

`微 . 信：Ａ·1`, `薇信:a1` and `Ｗhаtsарр` (with Cyrillic letters in it) are what filters are got round with. Unlike
squeeze.py, which serves rules, this folds case, digits and the traditional script too, to one text for all languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..squeeze import Squeeze
from ..tables import kept

# Characters of the traditional script, and in the same order the simplified ones that stand for them.
_TRADITIONAL = (
    "愛礙襖罷壩擺敗頒辦絆幫綁鎊謗剝飽寶報鮑輩貝備憊繃筆畢斃幣閉邊編貶變辯標鱉別賓濱餅撥缽鉑駁補財參蠶殘慚慘燦蒼艙倉滄廁側冊測層詫攙饞纏鏟產闡顫場嘗長償腸廠暢鈔車徹塵陳襯撐稱懲誠騁癡遲馳恥齒熾沖蟲寵疇躊籌綢"
    "醜櫥廚鋤雛礎儲觸處傳瘡闖創錘純綽辭詞賜聰蔥從叢湊竄錯達帶貸擔單鄲撣膽憚誕彈當擋黨蕩檔搗島禱導盜燈鄧敵滌遞締點墊電澱釣調疊諜釘頂錠訂丟東動棟凍鬥犢獨讀賭鍍鍛斷緞兌隊對噸頓鈍奪墮鵝額訛惡餓兒爾餌貳發罰閥琺"
    "礬釩煩範販飯訪紡飛誹廢費紛墳奮憤糞豐楓鋒風瘋馮縫諷鳳膚輻撫輔賦復複負訃婦縛該鈣蓋幹乾趕岡剛鋼綱崗鎬擱鴿閣鉻個給龔宮鞏貢鉤溝構購夠蠱顧剮關觀館慣貫廣規矽歸龜閨軌詭櫃貴劊輥滾鍋國過駭韓漢號閡鶴賀橫轟鴻紅後"
    "壺護滬戶嘩華畫劃話懷壞歡環還緩換喚瘓煥渙黃謊揮輝毀賄穢會燴匯彙諱誨繪葷渾夥獲貨禍擊機積飢譏雞績緝極輯級擠幾薊劑濟計記際繼紀夾莢頰賈鉀價駕殲監堅箋間艱緘繭檢揀撿簡儉減薦檻鑒踐賤見鍵艦劍餞漸濺澗將漿蔣槳獎"
    "講醬膠澆驕嬌攪鉸矯僥腳餃繳絞轎較階節莖驚經頸靜鏡徑痙競淨糾廄舊駒舉據鋸懼劇鵑絹覺決訣絕鈞軍駿開凱顆殼課墾懇摳庫褲誇塊儈寬礦曠況虧巋窺饋潰擴闊蠟臘萊來賴藍欄攔籃闌蘭瀾讕攬覽懶纜爛濫撈勞澇樂鐳壘類淚籬離裡"
    "裏鯉禮麗厲勵礫歷曆瀝隸倆聯蓮連鐮憐漣簾斂臉鏈鍊戀煉練糧涼兩輛諒療遼鐐獵臨鄰鱗賃齡鈴靈嶺領餾劉龍聾嚨籠壟攏隴樓婁摟簍蘆盧顱廬爐擄鹵虜魯賂祿錄陸驢呂鋁侶屢縷慮濾綠巒攣孿灤亂掄輪倫侖淪綸論蘿羅邏鑼籮騾駱絡媽"
    "瑪碼螞馬罵嗎買麥賣邁脈瞞饅蠻滿謾貓錨鉚貿麼黴沒鎂門悶們錳夢謎彌覓綿緬廟滅憫閩鳴銘謬謀畝鈉納難撓腦惱鬧餒內擬膩攆釀鳥聶嚙鑷鎳檸獰寧擰濘鈕紐膿濃農瘧諾歐鷗毆嘔漚盤龐賠噴鵬騙飄頻貧蘋憑評潑頗撲鋪樸譜臍齊騎豈"
    "啟氣棄訖牽釺鉛遷簽籤謙錢鉗潛淺譴塹槍嗆牆薔強搶鍬橋喬僑翹竅竊欽親輕氫傾頃請慶瓊窮趨區軀驅齲顴權勸卻鵲讓饒擾繞熱韌認紉榮絨軟銳閏潤灑薩鰓賽傘喪騷掃澀殺紗篩曬閃陝贍繕傷賞燒紹賒攝懾設紳審嬸腎滲聲繩勝聖師獅"
    "濕詩時蝕實識駛勢適釋飾視試壽獸樞輸書贖屬術樹豎數帥雙誰稅順說碩爍絲飼聳慫頌訟誦擻蘇訴肅雖隨綏歲孫損筍縮瑣鎖獺撻態攤貪癱灘壇譚談嘆湯燙濤絛討騰謄銻題體屜條貼鐵廳聽烴銅統頭禿圖團頹蛻脫鴕馱駝橢窪襪彎灣頑萬"
    "網韋違圍為濰維葦偉偽緯謂衛溫聞紋穩問甕撾蝸渦窩臥嗚鎢烏誣無蕪吳塢霧務誤錫犧襲習銑戲細蝦轄峽俠狹廈嚇鍁鮮纖鹹賢銜閒閑顯險現獻縣餡羨憲線廂鑲鄉詳響項蕭囂銷曉嘯蠍協挾攜脅諧寫瀉謝鋅釁興洶鏽繡虛噓須鬚許敘緒續"
    "軒懸選癬絢學勳詢尋馴訓訊遜壓鴉鴨啞亞訝閹煙菸鹽嚴顏閻艷豔厭硯彥諺驗鴦楊揚瘍陽癢養樣瑤搖堯遙窯謠藥爺頁業葉醫銥頤遺儀蟻藝億憶義詣議誼譯異繹蔭陰銀飲隱櫻嬰鷹應纓瑩螢營熒蠅贏穎喲擁傭癰踴詠優憂郵鈾猶遊誘輿魚"
    "漁娛與嶼語籲禦獄譽預馭鴛淵轅園員圓緣遠願約躍鑰粵悅閱雲鄖勻隕運蘊醞暈韻雜災載攢暫贊讚贓髒臟鑿棗竈責擇則澤賊贈紮軋鍘閘詐齋債氈盞斬輾嶄棧戰綻張漲帳賬脹趙蟄轍鍺這貞針偵診鎮陣掙睜猙爭鄭證徵織職執紙摯擲幟質"
    "鐘鍾終種腫眾謅軸皺晝驟豬諸誅燭矚囑貯鑄築駐專磚轉賺樁莊裝妝壯狀錐贅墜綴諄著濁茲資漬蹤綜總縱鄒詛組鑽妳檯臺颱週準衹隻祇麵鬆佈採儘盡傢誌製註託衝囉嘍幺瞭佔併並佇係繫僅凈勁勗吶嚐塗奧姦寢尷嶽巖恆慾拋於旣樑歿"
    "氾洩淒爲牠癒盃眞睏矇硃祕稟穀糰綫緻羣裊谿蹟跡輭迴釐銹鏢鹼"
)
_SIMPLIFIED = (
    "爱碍袄罢坝摆败颁办绊帮绑镑谤剥饱宝报鲍辈贝备惫绷笔毕毙币闭边编贬变辩标鳖别宾滨饼拨钵铂驳补财参蚕残惭惨灿苍舱仓沧厕侧册测层诧搀馋缠铲产阐颤场尝长偿肠厂畅钞车彻尘陈衬撑称惩诚骋痴迟驰耻齿炽冲虫宠畴踌筹绸"
    "丑橱厨锄雏础储触处传疮闯创锤纯绰辞词赐聪葱从丛凑窜错达带贷担单郸掸胆惮诞弹当挡党荡档捣岛祷导盗灯邓敌涤递缔点垫电淀钓调叠谍钉顶锭订丢东动栋冻斗犊独读赌镀锻断缎兑队对吨顿钝夺堕鹅额讹恶饿儿尔饵贰发罚阀珐"
    "矾钒烦范贩饭访纺飞诽废费纷坟奋愤粪丰枫锋风疯冯缝讽凤肤辐抚辅赋复复负讣妇缚该钙盖干干赶冈刚钢纲岗镐搁鸽阁铬个给龚宫巩贡钩沟构购够蛊顾剐关观馆惯贯广规硅归龟闺轨诡柜贵刽辊滚锅国过骇韩汉号阂鹤贺横轰鸿红后"
    "壶护沪户哗华画划话怀坏欢环还缓换唤痪焕涣黄谎挥辉毁贿秽会烩汇汇讳诲绘荤浑伙获货祸击机积饥讥鸡绩缉极辑级挤几蓟剂济计记际继纪夹荚颊贾钾价驾歼监坚笺间艰缄茧检拣捡简俭减荐槛鉴践贱见键舰剑饯渐溅涧将浆蒋桨奖"
    "讲酱胶浇骄娇搅铰矫侥脚饺缴绞轿较阶节茎惊经颈静镜径痉竞净纠厩旧驹举据锯惧剧鹃绢觉决诀绝钧军骏开凯颗壳课垦恳抠库裤夸块侩宽矿旷况亏岿窥馈溃扩阔蜡腊莱来赖蓝栏拦篮阑兰澜谰揽览懒缆烂滥捞劳涝乐镭垒类泪篱离里"
    "里鲤礼丽厉励砾历历沥隶俩联莲连镰怜涟帘敛脸链链恋炼练粮凉两辆谅疗辽镣猎临邻鳞赁龄铃灵岭领馏刘龙聋咙笼垄拢陇楼娄搂篓芦卢颅庐炉掳卤虏鲁赂禄录陆驴吕铝侣屡缕虑滤绿峦挛孪滦乱抡轮伦仑沦纶论萝罗逻锣箩骡骆络妈"
    "玛码蚂马骂吗买麦卖迈脉瞒馒蛮满谩猫锚铆贸么霉没镁门闷们锰梦谜弥觅绵缅庙灭悯闽鸣铭谬谋亩钠纳难挠脑恼闹馁内拟腻撵酿鸟聂啮镊镍柠狞宁拧泞钮纽脓浓农疟诺欧鸥殴呕沤盘庞赔喷鹏骗飘频贫苹凭评泼颇扑铺朴谱脐齐骑岂"
    "启气弃讫牵钎铅迁签签谦钱钳潜浅谴堑枪呛墙蔷强抢锹桥乔侨翘窍窃钦亲轻氢倾顷请庆琼穷趋区躯驱龋颧权劝却鹊让饶扰绕热韧认纫荣绒软锐闰润洒萨鳃赛伞丧骚扫涩杀纱筛晒闪陕赡缮伤赏烧绍赊摄慑设绅审婶肾渗声绳胜圣师狮"
    "湿诗时蚀实识驶势适释饰视试寿兽枢输书赎属术树竖数帅双谁税顺说硕烁丝饲耸怂颂讼诵擞苏诉肃虽随绥岁孙损笋缩琐锁獭挞态摊贪瘫滩坛谭谈叹汤烫涛绦讨腾誊锑题体屉条贴铁厅听烃铜统头秃图团颓蜕脱鸵驮驼椭洼袜弯湾顽万"
    "网韦违围为潍维苇伟伪纬谓卫温闻纹稳问瓮挝蜗涡窝卧呜钨乌诬无芜吴坞雾务误锡牺袭习铣戏细虾辖峡侠狭厦吓锨鲜纤咸贤衔闲闲显险现献县馅羡宪线厢镶乡详响项萧嚣销晓啸蝎协挟携胁谐写泻谢锌衅兴汹锈绣虚嘘须须许叙绪续"
    "轩悬选癣绚学勋询寻驯训讯逊压鸦鸭哑亚讶阉烟烟盐严颜阎艳艳厌砚彦谚验鸯杨扬疡阳痒养样瑶摇尧遥窑谣药爷页业叶医铱颐遗仪蚁艺亿忆义诣议谊译异绎荫阴银饮隐樱婴鹰应缨莹萤营荧蝇赢颖哟拥佣痈踊咏优忧邮铀犹游诱舆鱼"
    "渔娱与屿语吁御狱誉预驭鸳渊辕园员圆缘远愿约跃钥粤悦阅云郧匀陨运蕴酝晕韵杂灾载攒暂赞赞赃脏脏凿枣灶责择则泽贼赠扎轧铡闸诈斋债毡盏斩辗崭栈战绽张涨帐账胀赵蛰辙锗这贞针侦诊镇阵挣睁狰争郑证征织职执纸挚掷帜质"
    "钟钟终种肿众诌轴皱昼骤猪诸诛烛瞩嘱贮铸筑驻专砖转赚桩庄装妆壮状锥赘坠缀谆着浊兹资渍踪综总纵邹诅组钻你台台台周准只只只面松布采尽尽家志制注托冲啰喽么了占并并伫系系仅净劲勖呐尝涂奥奸寝尴岳岩恒欲抛于既梁殁"
    "泛泄凄为它愈杯真困蒙朱秘禀谷团线致群袅溪迹迹软回厘锈镖碱"
)
_PLAIN = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_DIGITS: dict[int, int | None] = {ord("〇"): ord("0"), 0x20E3: None, 0xFE0F: None}
"""A zero, and the two characters that make a key, `1️⃣`, of the digit before them."""
_FIRST_PLANE = 0x10000
_BEYOND = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")
"""Characters that are not one code unit of UTF-16."""
_MATHEMATICAL = 0xD835
"""The first half of mathematical letters and digits in UTF-16."""


def simplified(text: str) -> str:
    """Return a text with its traditional characters, as far as they are common, as simplified ones.

    >>> simplified("橋")
    '桥'
    """
    return text.translate(_PLAIN)


@kept
def _table() -> dict[int, int | None]:
    """Return what characters become where they change: another one, or nothing."""
    squeezed = Squeeze.for_language("en").table
    table: dict[int, int | None] = {}
    for code in [*range(0x2500), *range(0xFF01, 0xFF5F), *range(0x1D400, 0x1D800), *squeezed]:
        char = chr(code)
        new = squeezed.get(code, char)
        if new is None:
            table[code] = None
            continue
        plain = unicodedata.normalize("NFKC", chr(new) if isinstance(new, int) else new).lower()[:1]
        again = squeezed.get(ord(plain), plain)
        plain = chr(again) if isinstance(again, int) else (again or "")
        folded = "0" if plain.isdigit() else plain
        if folded != char:
            table[code] = ord(folded) if folded and not folded.isspace() else None
    table.update(_PLAIN)
    table.update(_DIGITS)
    table.pop(ord("\n"), None)
    return table


@kept
def _codes() -> npt.NDArray[np.uint16]:
    """Return the table as an array over the first plane, 0 for what goes."""
    codes = np.arange(_FIRST_PLANE, dtype=np.uint16)
    for code, new in _table().items():
        if code < _FIRST_PLANE:
            codes[code] = new or 0
    return codes


def folded(text: str) -> str:
    """Return a text without case, blanks, dots and disguise, each digit as 0; line feeds stay.

    >>> folded("微 . 信：Ａ·12"), folded("Whаtsapp + 7"), folded("賺錢"), folded("1️⃣②")
    ('微信:a00', 'whatsapp+0', '赚钱', '00')
    """
    return text.translate(_table())


def all_folded(lines: Sequence[str]) -> list[str]:
    """Return lines, in which no line feed stands, folded: of many each takes a tenth of the time.

    >>> all_folded(["A. b", "", "賺錢"])
    ['ab', '', '赚钱']
    """
    text = "\n".join(lines)
    if _BEYOND.search(text):
        return [folded(line) for line in lines]
    return folded_codes(text).tobytes().decode("utf-16-le").split("\n")


def folded_codes(text: str) -> npt.NDArray[np.uint16]:
    """Return the same as an array of UTF-16 code units.

    >>> bytes(folded_codes("A. b\u2003C").astype("u1"))
    b'abc'
    """
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.dtype("<u2"))
    if (codes == _MATHEMATICAL).any():
        codes = np.frombuffer(folded(text).encode("utf-16-le", "surrogatepass"), np.dtype("<u2"))
    found = _codes().take(codes)
    out: npt.NDArray[np.uint16] = found[found != 0]
    return out
