"""What the stages need to know of a language, and a guess at which one a text is in.

Languages without an entry are segmented and scored by the fallback, `UNKNOWN`.
"""

import re
from collections import Counter
from dataclasses import dataclass

from metrics.errors import UsageError
from metrics.patterns import pattern


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its ISO 639-1 code.

    `common` are its most frequent function words, in lower case: they tell it from its neighbours,
    and a capitalised one behind an abbreviation starts a sentence. `abbreviations` are in lower case
    without the final full stop. `tokenizer` is sacreBLEU's for BLEU; `unspaced` languages write no
    spaces between words, nor after a full stop. `ordinals` says that "3." may mean "third".
    """

    code: str
    name: str
    common: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    tokenizer: str = "13a"
    unspaced: bool = False
    ordinals: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Titles, months, references, units, countries: the ones that a sentence seldom ends with.
_ANYWHERE = "a.m p.m z vs etc al ca cf sec dr prof st no nr vol ed art fig inc ltd co u.s u.k u.n e.g i.e"

UNKNOWN = Language("und", "unknown", abbreviations=_words(_ANYWHERE))

_TABLE = (
    Language(
        "en",
        "English",
        _words(
            "the of and to in is was that it for he she as with his her on at by this had not are but from or"
            " have an they which one were all we been has their there when who will more if out so said what"
            " you its about into than them can only other new some could these two may then do any my now such"
        ),
        _words(
            f"{_ANYWHERE} mr mrs ms messrs sr jr rev hon pres gov sen rep lt col gen capt sgt cmdr maj adm mt ft"
            " jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri ave blvd rd dept univ assn"
            " bros corp approx est min max misc ph.d b.a m.a d.c u.s.a e.u pp viz resp nos"
        ),
    ),
    Language(
        "de",
        "German",
        _words(
            "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden"
            " aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur"
            " oder aber vor zur bis mehr durch man sein wurde sei hatte kann gegen vom können schon wenn ihre"
        ),
        _words(
            f"{_ANYWHERE} bzw usw z.b d.h u.a u.ä o.ä s.o s.u v.a z.t z.zt i.d.r evtl ggf inkl exkl zzgl str hr fr frl"
            " dipl ing hrsg mio mrd tsd jh jhd chr bd abb abs anm aufl bspw jan feb mrz apr jun jul aug sept okt"
            " nov dez mo di mi do sa so sog vgl tel geb gest ehem gem med phil jur rer nat habil stellv std"
            " b h d a u o v n i s m k g r t x f"
        ),
        ordinals=True,
    ),
    Language(
        "fr",
        "French",
        _words(
            "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec"
            " elle son mais comme ou si leur y dont aux d'un cette ces être fait ont été nous vous ils sa ses"
            " l'on tout deux même aussi sans après bien entre c'est qu'il n'est"
        ),
        _words(
            f"{_ANYWHERE} m mm mme mmes mlle mgr me dr pr env av apr bd boul chap coll éd ex hab janv févr avr juil"
            " sept oct nov déc p pp tél tom t ste sté min max suiv trad c.-à-d j.-c"
        ),
    ),
    Language(
        "es",
        "Spanish",
        _words(
            "de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este"
            " sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante"
            " todos uno les ni contra otros ese eso ha fue son ser había está"
        ),
        _words(
            f"{_ANYWHERE} sr sra sres srta d dña dra lic ing arq av avda ud uds vd vds pág págs cap ee.uu ee uu ej"
            " aprox admón depto dpto gral tel núm art c cía s.a ene feb mar abr jun jul ago sept oct nov dic a.c d.c"
        ),
    ),
    Language(
        "it",
        "Italian",
        _words(
            "di e il la che in a per un è del non sono una le con i da si come più al dei nel alla della anche"
            " ha ma lo gli delle questo se su o suo dal ai essere era stato dalla hanno ed nella sua loro ci ad"
            " tra due fatto cui chi perché dopo così"
        ),
        _words(
            f"{_ANYWHERE} sig sigg sig.ra dott dott.ssa prof.ssa avv ing arch on sen pag pagg cap tel ecc es circa"
            " gen feb mar apr mag giu lug ago set ott nov dic s.p.a s.r.l a.c d.c n p v"
        ),
    ),
    Language(
        "pt",
        "Portuguese",
        _words(
            "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua"
            " ou quando muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos seus quem"
            " nas me esse eles foi são está ser tem"
        ),
        _words(
            f"{_ANYWHERE} sr sra srs srta dra d exmo exma eng arq av r pág págs cap tel núm ex obs aprox séc depto"
            " jan fev mar abr mai jun jul ago set out nov dez a.c d.c s.a ltda"
        ),
    ),
    Language(
        "nl",
        "Dutch",
        _words(
            "de het een en van in is dat op te zijn met voor niet aan er om ook als maar bij die uit dan of nog"
            " naar heeft hij door wordt over ze zich dit tot hebben meer was werd deze al wel wat geen kan zo"
            " worden haar onder tegen hun je we ik"
        ),
        _words(
            f"{_ANYWHERE} dhr mevr mw drs ir ing mr bv bijv blz b.v d.w.z m.b.t i.v.m o.a t.a.v enz evt incl excl"
            " jan feb mrt apr jun jul aug sept okt nov dec tel vgl resp jl ds zgn"
        ),
    ),
    Language(
        "ru",
        "Russian",
        _words(
            "и в не на я что он с как это по но из у за то все она так его к а о же от бы вы мы для ее был было"
            " они до уже или ни только еще быть были который если при чтобы после также во со которые которая"
        ),
        _words(
            "г гг в вв т.е т.к т.д т.п т.н и.о им ул д кв стр с рис табл см ср тыс млн млрд трлн руб коп км м см"
            " кг проф акад доц д-р гр обл р-н пос п янв февр апр июн июл авг сент окт нояб дек н.э до пр др напр"
            " ок мин сек шт экз ред изд"
        ),
    ),
    Language("zh", "Chinese", tokenizer="zh", unspaced=True),
    Language("ja", "Japanese", tokenizer="char", unspaced=True),
    Language("ko", "Korean"),
    Language("ar", "Arabic", abbreviations=_words("د أ م ص")),
    Language("th", "Thai", tokenizer="char", unspaced=True),
)

LANGUAGES: dict[str, Language] = {language.code: language for language in _TABLE}

# Source: the code lists of ISO 639-1 and ISO 639-2/T.
_ISO_639 = """
    aa=aar ab=abk af=afr ak=aka am=amh ar=ara an=arg as=asm av=ava ae=ave ay=aym az=aze ba=bak bm=bam be=bel bn=ben
    bh=bih bi=bis bo=bod bs=bos br=bre bg=bul ca=cat cs=ces ch=cha ce=che cu=chu cv=chv kw=cor co=cos cr=cre cy=cym
    da=dan de=deu dv=div dz=dzo el=ell en=eng eo=epo et=est eu=eus ee=ewe fo=fao fa=fas fj=fij fi=fin fr=fra fy=fry
    ff=ful gd=gla ga=gle gl=glg gv=glv gn=grn gu=guj ht=hat ha=hau he=heb hz=her hi=hin ho=hmo hr=hrv hu=hun hy=hye
    ig=ibo io=ido ii=iii iu=iku ie=ile ia=ina id=ind ik=ipk is=isl it=ita jv=jav ja=jpn kl=kal kn=kan ks=kas ka=kat
    kr=kau kk=kaz km=khm ki=kik rw=kin ky=kir kv=kom kg=kon ko=kor kj=kua ku=kur lo=lao la=lat lv=lav li=lim ln=lin
    lt=lit lb=ltz lu=lub lg=lug mh=mah ml=mal mr=mar mk=mkd mg=mlg mt=mlt mn=mon mi=mri ms=msa my=mya na=nau nv=nav
    nr=nbl nd=nde ng=ndo ne=nep nl=nld nn=nno nb=nob no=nor ny=nya oc=oci oj=oji or=ori om=orm os=oss pa=pan pi=pli
    pl=pol pt=por ps=pus qu=que rm=roh ro=ron rn=run ru=rus sg=sag sa=san si=sin sk=slk sl=slv se=sme sm=smo sn=sna
    sd=snd so=som st=sot es=spa sq=sqi sc=srd sr=srp ss=ssw su=sun sw=swa sv=swe ty=tah ta=tam tt=tat te=tel tg=tgk
    tl=tgl th=tha ti=tir to=ton tn=tsn ts=tso tk=tuk tr=tur tw=twi ug=uig uk=ukr ur=urd uz=uzb ve=ven vi=vie vo=vol
    wa=wln wo=wol xh=xho yi=yid yo=yor za=zha zh=zho zu=zul
"""
#: The two-letter code of ISO 639-1 for each three-letter one, of the languages that have both.
ISO_639: dict[str, str] = {long: short for short, _, long in (each.partition("=") for each in _ISO_639.split())}

_SAMPLE = 50_000
#: The first and the last character of each, and the share of the letters from which a text is in it.
_SCRIPTS = (
    ("ja", "\u3041", "\u30ff", 0.1),
    ("zh", "\u3400", "\u9fff", 0.3),
    ("ko", "\uac00", "\ud7af", 0.3),
    ("ar", "\u0621", "\u06ff", 0.3),
    ("th", "\u0e00", "\u0e7f", 0.3),
)
_SPACED_WORD = pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def guess_language(text: str) -> Language:
    """The language of `text`, from its script and its common words; `UNKNOWN` where neither tells.

    Looks at the first 50,000 characters, so that the time it takes does not grow with the text.
    """
    sample = text[:_SAMPLE]
    characters = Counter(sample)
    letters = sum(n for c, n in characters.items() if c.isalnum() and not c.isdecimal())
    for code, first, last, share in _SCRIPTS:
        if letters and sum(n for c, n in characters.items() if first <= c <= last) >= share * letters:
            return LANGUAGES[code]
    counts = Counter(word.casefold().replace("’", "'") for word in _SPACED_WORD.findall(sample))
    hits = {code: sum(counts[word] for word in entry.common) for code, entry in LANGUAGES.items()}
    best = max(hits, key=hits.__getitem__)
    return LANGUAGES[best] if hits[best] > 0.05 * counts.total() else UNKNOWN


def language_named(code: str) -> Language:
    """The entry for an ISO 639-1 code, or the fallback's rules under that code."""
    return LANGUAGES.get(code) or Language(code, code, abbreviations=UNKNOWN.abbreviations)


def language_code(given: str) -> str:
    """The ISO 639-1 code of a tag such as `de`, `pt-BR`, `deu` or `zho_Hans`; three letters for a language without one.

    Raises `UsageError` for what is no tag.
    """
    code = re.split(r"[-_]", given)[0].lower()
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise UsageError(f"unknown language {given!r}: give an ISO 639-1 code, such as {', '.join(LANGUAGES)}")
    return ISO_639.get(code, code)
