"""Health of a person: the phrase, not the word (000 公示 第九条第一项).

患有尿毒症，每周需透析三次 is hidden as a whole; the names of vaccines, statutes, health
certificates, advertised effects and the diseases that a rule lists stay.
"""

import re
from collections.abc import Iterable, Iterator

from pipeline.domain.protected import Category, Confidence, Finding
from pipeline.redaction.keywords import Keywords
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.numbers import finder
from pipeline.redaction.reading import Stretches, read, touches

_WORDS = (
    "患 罹 确诊 诊断 残疾 孕 流产 透析 化疗 放疗 尿毒症 白血病 癌 肿瘤 精神病 精神障碍 分裂症 "
    "抑郁 艾滋 HIV 梅毒 肝炎 结核 糖尿病 高血压 心脏病 冠心病 脑梗 中风 偏瘫 瘫痪 失明 聋哑 "
    "住院 病重 病危 重病 大病 手术 癫痫 哮喘 因病 阳性 携带者 感染 肾病 肾衰 智力障碍 自闭症 "
    "痴呆 帕金森 慢性病 传染病 哺乳期 植物人 服药 服用 病历 出院记录 出院小结 "
    "剖宫产 剖腹产 引产 末次月经 伤残 骨折 伤残 突出 乙肝 换肾"
)
_ANCHORS = Keywords(_WORDS.split())
_DISEASE = re.compile(
    r"[病症癌瘤炎疮]|综合征|障碍|残疾|瘫|失明|聋|哑|感染|中毒|衰竭|梗[塞死]|结石|骨折|抑郁|艾滋|HIV|梅毒|"
    r"结核|脑梗|中风|阻塞|破裂|脱位|突出|挫伤|损伤|撕裂|休克|疼痛|高血压|哮喘|癫痫|痴呆|自闭|尿毒|溃疡|硬化|出血|积水|帕金森"
)
_CATCH = re.compile(
    r"身患(?:有|上|了)?(?![者儿方])|患(?:有|上|了)?(?![者儿方])|罹患|确诊(?:为|患有?)?|初步诊断(?:为|患有?)|"
    r"诊断(?:为|患有?)|查出(?:患有?)?|得了|染上|"
    r"(?:病历|出院记录|出院小结|诊断书|诊断证明书?)[^，。；：\n]{0,6}?(?:显示|载明|记载|提示|证明|证实)[为系其]?"
)
_SINCE = ("曾", "现", "长期", "一直", "自幼", "从小", "其", "本人", "均", "已", "被", "经")
_LEVEL = "一二三四壹贰叁肆1-4"
_DISABLED = re.compile(
    f"(?:系|是|为|属|属于|有|持有|持|构成|患)?(?:[{_LEVEL}]级)?(?:肢体|视力|听力|言语|智力|精神|多重|听力言语|身体|"
    f"身心)*(?:[{_LEVEL}]级)?(?:重度|中度|轻度)?残疾(?:人)?(?:[（(]?[{_LEVEL}]级[)）]?)?"
    r"(?!赔偿|生活|器具|辅助|用具|补助|津贴|的|等级|鉴定|评定|程度|金)"
    r"(?!人保|人联|人事业|人就业|人士|人权益|人机动|人专用|人福利|辅助|人运动|人用品|人公益)"
)
_PREGNANT = re.compile(
    r"(?:已|现|正|正在|处于|系|正处)?(?:怀孕(?:约?[〇零一二三四五六七八九十0-9多余]{1,4}个?[周月])?|"
    r"孕(?:期)?约?[〇零一二三四五六七八九十0-9多余]{1,4}个?[周月]|妊娠[〇零一二三四五六七八九十0-9]{1,3}个?[周月]|"
    r"身孕|先兆流产|流产手术|哺乳期|末次月经[^，。；：\n]{0,16}|引产)"
)
_ILLNESS = re.compile(
    r"尿毒症|白血病|癌|恶性肿瘤|精神病|精神障碍|精神分裂症|抑郁症|艾滋病|糖尿病|高血压|心脏病|冠心病|脑梗塞|脑梗|"
    r"中风|偏瘫|瘫痪|聋哑|癫痫|哮喘|肾衰竭|慢性肾病|智力障碍|自闭症|老年痴呆|帕金森|透析|化疗|放疗|重病|"
    r"大病|病重|病危|植物人|心脏搭桥|搭桥手术|心脏支架|器官移植|肾移植|换肾|骨髓移植|剖宫产|剖腹产"
)
_ILL = re.compile(
    r"(?:因|系|有|属|做|接受|进行|需|需要|正在|长期|定期|靠|依靠|突发|突患|曾|在)?[^，。；：\n《》0-9]{0,4}?"
    f"(?:[\u4e00-\u9fff]{{0,2}}癌(?:症|晚期)?|{_ILLNESS.pattern})"
    f"(?:[、和及并致]{{0,2}}(?:{_ILLNESS.pattern}|在床|卧床不起|后遗症|手术))*"
)
_PERSON = re.compile(
    r"当事人|本人|其[妻夫子女父母]|妻子|丈夫|儿子|女儿|父亲|母亲|[他她我]|配偶|家属|孩子|老婆|老公|爱人|家人|"
    r"[哥姐弟妹]|爷爷|奶奶|[某]|职工|患者|先生|女士|投诉人|举报人|家庭|家中|小孩|老人|婆婆|公公|岳[父母]|经营者|负责人|由于|考虑到|鉴于|其"
)
_CARRIER = re.compile(
    r"(?:系|是|为|属|感染了?|患)?(?:乙肝|丙肝|艾滋病?|HIV|梅毒|新冠)(?:病毒|螺旋体|抗体|核酸|检测|表面抗原)*"
    r"(?:携带者|感染者|阳性|呈阳性|[（(][+][）)])|感染了?(?:新冠|艾滋|乙肝|丙肝|梅毒|HIV|肺结核)[\u4e00-\u9fff]{0,4}|"
    r"因病(?:住院|治疗|休养|手术|卧床|去世|死亡)[\u4e00-\u9fff]{0,4}"
)
_INJURED = re.compile(
    r"(?:本人|当事人|职工|员工|工人)[^，。；：\n]{0,30}?(?:骨折|[一二三四五六七八九十]级伤残|伤残[一二三四五六七八九十]级)"
)
_FOUND = re.compile(
    r"[双左右][目眼耳][^，。；：\n]{0,4}失[明聪]|(?:患有?|有)?(?:腰椎|颈椎)间盘突出(?:症)?|"
    r"(?:尿液|尿检|毛发|血液)[^，。；：\n]{0,16}阳性|"
    r"(?:中风|脑梗死?|脑出血|脑炎|骨折|小儿麻痹症?|脑外伤|烧伤)后遗症"
)
_CONDITIONS = (
    (_FOUND, "病情或者检验结果", ("突出", "阳性", "失明", "失聪", "后遗症")),
    (_INJURED, "伤情", ("骨折", "伤残")),
    (_DISABLED, "残疾状况", ("残疾",)),
    (_PREGNANT, "怀孕状况", ("孕", "妊娠", "流产", "哺乳期", "月经", "引产")),
    (_CARRIER, "病情", ("阳性", "携带者", "感染", "因病", "+")),
)
"""Each pattern with words without which it finds nothing."""
_TREATED = re.compile(
    r"(?:[，,、](?:现|目前|一直|长期|需|需要|每[周月天日年]|定期|正在|仍|生活|丧失|无|常年|已|住院|并|靠|卧)?"
    r"[^，。；：\n]{0,14}?(?:透析|化疗|放疗|治疗|服药|服用|住院|手术|复查|用药|疗养|康复|卧床|不能自理|劳动能力|"
    r"残疾|残疾证|怀孕|孕期|医治|就医|休养|护理)[^，。；：\n]{0,12})"
)
_PUBLIC = re.compile(
    r"宣传|功效|预防|疗效|适用于|保健|广告|不得|应当|禁止|等疾病|的疾病|有碍|疫苗|健康证|健康检查|动物|生猪|"
    r"病死|畜禽|家禽|牲畜|患者(?![^，。；：]{2,8}?(?:患(?!者)|身患|确诊|查出|系|怀孕|因病))|主治|适应症|功能主治|说明书|标签|可[以能]治|根治|治愈|消费者误|条例|办法|孕妇|"
    r"妇幼|产妇|婴幼儿|奶粉|配方|药品|药店|食品的|诊疗科目|诊断证明书?》|死因不明|检疫|非法行医|胎儿性别|终止妊娠|防治|"
    r"或者|人员(?:患|感染)|残疾人(?:联合会|保障|证)|传染病防|医疗机构|医疗器械|诊断设备|手术室|手术刀"
)
_FORM = Keywords(["诊断", "既往史", "既往病史", "现病史", "主诉", "死亡原因", "死因"])
_PATIENT = re.compile(
    r"(?:本人|当事人|其[妻夫子女父母兄姐]?|[妻母父][子亲]|丈夫|[儿女]子?|某)(?P<illness>[系为是][\u4e00-\u9fff0-9]{2,14}患者)(?![的有])"
)
_DIAGNOSIS = re.compile(r"(?:结果|意见|结论)?[：:]\s{0,4}([^。；：:\n]{2,60})")
_TO_DISEASE = re.compile(f".*(?:{_DISEASE.pattern})[^，,]*")
_CLOSING, _OPENING = re.compile("[）)]"), re.compile("[（(]")
_END = re.compile(r"[，。；：\n！？,;]")
_BEFORE = re.compile(r"(?s:.*)[，。；：\n！？,;]")


class Health:
    """Finds phrases on the health of a person."""

    name = "health"

    def find(
        self, text: NormalText, known: Known, protected: Stretches
    ) -> Iterable[Finding | Kept]:
        """Return every phrase on a person's health, and the words that stay."""
        del known
        reading = read(text)
        found: list[Finding] = []
        kept: list[Kept] = []
        add = finder(reading, (), Category.HEALTH, self.name, found)
        for low, high in _clauses(reading.text, protected):
            sick = reading.text.find("患者", low, high) > 0
            if sick and (patient := _PATIENT.search(reading.text, low, high)):
                add(*patient.span("illness"), "某人是患者", Confidence.CERTAIN)
            elif _PUBLIC.search(reading.text, low, high):
                span = reading.original(low, high)
                kept.append(Kept(span, Category.HEALTH.chinese, self.name, "不是某个人的健康状况"))
                continue
            for start, end, evidence, confidence in _phrases(reading.text, low, high):
                add(start, _with_treatment(reading.text, end), evidence, confidence)
        for start, end in _diagnoses(reading.text):
            add(start, end, "诊断的结果", Confidence.CERTAIN)
        return [*found, *kept]


def _with_treatment(text: str, end: int) -> int:
    more = _TREATED.match(text, end)
    return more.end() if more and _PUBLIC.search(more.group()) is None else end


def _clauses(text: str, protected: Stretches) -> Iterator[tuple[int, int]]:
    """Yield each clause that holds a word of illness, once."""
    done = 0
    for _, start, end in _ANCHORS.longest(text):
        if start < done or touches(protected, start, end):
            continue
        low = max(done, start - 40)
        before = _BEFORE.match(text, low, start)
        after = _END.search(text, end, end + 60)
        done = after.start() if after else min(len(text), end + 60)
        yield before.end() if before else low, done


def _bracketed(text: str, start: int, high: int) -> int:
    """Return where the brackets close around ``start``, ``high`` when none does before."""
    close = _CLOSING.search(text, start, high)
    opened = close and _OPENING.search(text, start, close.start())
    return close.start() if close and not opened else high


def _diagnoses(text: str) -> Iterator[tuple[int, int]]:
    """Yield what a form calls the diagnosis: 临床诊断：慢性胃炎."""
    for _, _, end in _FORM.everywhere(text):
        match = _DIAGNOSIS.match(text, end)
        if match and (sick := _TO_DISEASE.match(text, *match.span(1))):
            yield sick.span()


def _phrases(text: str, low: int, high: int) -> Iterator[tuple[int, int, str, Confidence]]:
    if (catch := _CATCH.search(text, low, high)) and _DISEASE.search(text, catch.end(), high):
        start = catch.start()
        high = _bracketed(text, start, high)
        start -= next((len(word) for word in _SINCE if text.endswith(word, low, start)), 0)
        yield start, high, "患病的词语与病名", Confidence.CERTAIN
        high = start
    clause = text[low:high]
    for pattern, evidence, words in _CONDITIONS:
        if any(map(clause.__contains__, words)):
            for phrase in pattern.finditer(text, low, high):
                if phrase.group() != "残疾":
                    yield *phrase.span(), evidence, Confidence.CERTAIN
    ill = _ILL.search(text, low, high) if _ILLNESS.search(clause) else None
    if ill and _PERSON.search(text, max(0, low - 20), high):
        yield ill.start(), ill.end(), "某人的病情", Confidence.PROBABLE
