"""Other languages get no number: the language is named, and a person has to read it."""

from collections.abc import Iterator

from benchmarks.robustness_cases.case import Case, honest

_TEXTS = {
    "german": (
        "Unsere Praxis verliert jede Woche Termine, weil Patienten nicht absagen. Wir haben drei Wege verglichen: eine "
        "Erinnerung am Vortag, eine Gebühr und eine Warteliste. Die Erinnerung ist billig, erreicht aber nur jene, die "
        "ein Telefon haben. Die Gebühr hält arme Familien fern, deshalb haben wir sie verworfen. Mit der Warteliste "
        "füllen wir freie Plätze noch am selben Tag, und die Arzthelferin entscheidet, wer angerufen wird."
    ),
    "french": (
        "Notre bibliothèque reçoit chaque semaine des centaines de demandes, et la moitié des livres reviennent trop "
        "tard. Nous avons comparé trois solutions : un rappel par message, une amende plus élevée et un casier ouvert "
        "la nuit. L’amende éloigne les familles pauvres, nous l’avons donc écartée. Le casier coûte neuf mille euros "
        "par an, mais il permet de rendre un livre à toute heure, et la directrice décidera en septembre."
    ),
    "spanish": (
        "Nuestro mercado pierde fruta cada día porque nadie sabe cuánto se venderá mañana. Hemos comparado tres "
        "caminos: preguntar a los vendedores, mirar las ventas del año pasado y calcular con el tiempo previsto. "
        "Preguntar es lento, y las ventas pasadas no conocen la lluvia. Elegimos el cálculo, aunque falla en los días "
        "de fiesta, y por eso la encargada puede cambiar la cantidad cada mañana antes de las seis."
    ),
    "italian": (
        "La nostra scuola guida perde lezioni ogni settimana perché gli allievi dimenticano l’appuntamento. "
        "Abbiamo confrontato tre strade: una chiamata il giorno prima, una penale e una lista d’attesa. La penale "
        "allontana chi ha pochi soldi, quindi l’abbiamo scartata. Con la lista d’attesa riempiamo i posti liberi nello "
        "stesso giorno, "
        "e la segretaria decide chi viene chiamato per primo quando qualcuno rinuncia."
    ),
    "polish": (
        "Nasza przychodnia traci co tydzień wizyty, ponieważ pacjenci ich nie odwołują. Porównaliśmy trzy sposoby: "
        "przypomnienie dzień wcześniej, opłatę oraz listę oczekujących. Opłata odstrasza biedne rodziny, więc ją "
        "odrzuciliśmy. Dzięki liście oczekujących wypełniamy wolne miejsca jeszcze tego samego dnia, a pielęgniarka "
        "decyduje, do kogo zadzwonić, gdy ktoś zrezygnuje z wizyty w ostatniej chwili."
    ),
    "russian": (
        "Наша поликлиника каждую неделю теряет приёмы, потому что пациенты их не отменяют. Мы сравнили три пути: "
        "напоминание накануне, плату и список ожидания. Плата отпугивает бедные семьи, поэтому мы от неё отказались. "
        "Со списком ожидания мы заполняем свободные места в тот же день, а медсестра решает, кому позвонить первой, "
        "если кто-то отказался от приёма в последнюю минуту перед началом рабочего дня."
    ),
    "arabic": (
        "تفقد عيادتنا كل أسبوع مواعيد كثيرة لأن المرضى لا يلغونها. قارنا بين ثلاث طرق: تذكير في اليوم السابق، ورسوم "
        "مالية، وقائمة انتظار. الرسوم تبعد العائلات الفقيرة ولذلك تركناها. أما قائمة الانتظار فتملأ الأماكن الفارغة في "
        "اليوم نفسه، والممرضة هي التي تقرر بمن تتصل أولا عندما يعتذر أحد المرضى قبل موعده بقليل."
    ),
    "japanese": (
        "私たちの診療所では、患者が予約を取り消さないため、毎週多くの時間が無駄になっています。前日の連絡、料金、待機"
        "リストという三つの方法を比べました。料金は貧しい家庭を遠ざけるので採用しませんでした。待機リストを使えば、空い"
        "た時間を同じ日に埋めることができます。誰に電話するかは看護師が決めます。三か月後に結果を見直します。"
    ),
    "chinese": (
        "我们的诊所每周都会损失很多预约，因为病人没有取消。我们比较了三种办法：前一天提醒、收取费用和候补名单。收费会让"
        "贫困家庭不敢来，所以我们放弃了。有了候补名单，当天就能填满空出的时间，由护士决定先打电话给谁。三个月之后我们再"
        "看一次结果，如果空出的预约没有减少一半，我们就回到原来的办法。"
    ),
}


def cases() -> Iterator[Case]:
    for name, text in _TEXTS.items():
        document = "\n\n".join([text] * 3)
        yield Case("languages", f"{name}.md", document, "not_scorable:language")
    shift_jis = "\n\n".join([_TEXTS["japanese"]] * 3).encode("shift_jis", "replace")
    yield Case("languages", "shift-jis.txt", shift_jis, "not_scorable:language")
    koi8 = "\n\n".join([_TEXTS["russian"]] * 3).encode("cp1251")
    yield Case("languages", "cp1251.txt", koi8, "not_scorable:language")
    quoting = f"{honest()}\nA patient wrote: “Ich habe die Tabletten vergessen, weil mein Enkel krank war.”\n"
    yield Case("languages", "control-quote.md", quoting, clean=True)
