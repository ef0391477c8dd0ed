// The words of the scripts on an article's page, in the page's language.

const en = {
  locale: "en-GB",
  title: "Comments", close: "Close", empty: "No comments yet. Yours could be the first.", more: "Show more comments",
  reply: "Reply", replyTo: (name) => `Reply to ${name}`, cancel: "Cancel", deleted: "This comment is no longer available.", edited: "edited",
  write: "Write a comment", label: "Your comment", hint: "You can use *emphasis*, **bold** and > quotes.", send: "Send",
  enter: "Log in to comment", logIn: "Log in", register: "Register", logOut: "Log out", as: (name) => `You are writing as ${name}.`,
  email: "E-mail", password: "Password", passwordHint: "At least 10 characters.", name: "Name", nameHint: "Shown beside your comments.",
  newHere: "New here? Register", registered: "You are registered.", known: "Already registered? Log in",
  sending: "Sending…", checking: "Your comment is being checked…", published: "Your comment is published.",
  held: "A moderator will review it. Until then, only you can see it.", rejected: "Your comment was not published because it breaks the rules.",
  slow: "Checking is taking longer than usual. Your comment is saved and will appear once it has been checked.",
  own: "Only you can see these", stands: { pending: "Being checked", held: "Waiting for a moderator", rejected: "Not published", published: "Published" },
  because: "Reason:", moderator: "Message from the moderators:",
  grounds: {
    toxic: "rude or hostile words", spam: "advertising", insult: "an insult", threat: "a threat", hate: "hatred of a group of people",
    obscene: "obscenity", "off-topic": "it is not about the article", "personal-data": "somebody's private data", illegal: "it breaks the law",
    "banned-words": "words that are not allowed here", link: "a link", repeated: "it was posted before", "new-author": "a person checks your first comments",
    reported: "readers reported it", premoderated: "a person checks comments here first", "stopped-before": "an earlier version was not accepted",
    "not-scored": "it could not be checked automatically", "not-covered": "a person checks comments in this language",
  },
  edit: "Edit", editOwn: "Edit what you wrote", save: "Save", remove: "Delete", removeOwn: "Delete what you wrote",
  removeSure: "Delete this comment? This cannot be undone.",
  edits: {
    pending: "Checking is taking longer than usual. Your change is saved and will appear once it has been checked.",
    held: "A moderator will review your change. Until then, readers see the earlier text.",
    rejected: "Your change was not published because it breaks the rules. Readers see the earlier text.",
  },
  ownProblems: {},
  report: "Report", reportOf: (name) => `Report the comment by ${name}`, reportWhy: "What is wrong with it?", reportChoose: "Choose a reason",
  reportMore: "Anything to add? (optional)", reportSend: "Send the report", reported: "Thank you. A moderator will look at it. Nobody else will know that you reported it.",
  withdraw: "Withdraw the report", withdrawn: "Your report has been withdrawn.", overHere: "Please log in (again).",
  reasons: {
    spam: "Advertising or spam", insult: "Insult", threat: "Threat", hate: "Hatred of a group of people", obscene: "Obscenity",
    "off-topic": "Off topic", "personal-data": "Private information", illegal: "Against the law", other: "Something else",
  },
  reportProblems: { "comment-not-found": "This comment is no longer available.", forbidden: "This account cannot report this comment." },
  told: {
    warning: "A moderator has warned you.", mute: (until) => `You cannot comment or report until ${until}.`,
    ban: (until) => (until ? `This account is banned until ${until}.` : "This account is banned here."), removal: "A moderator has removed comments you wrote.",
  },
  votes: { views: "Views:", rating: "What readers think of this article", up: "Like:", down: "Dislike:", counted: "Your vote has been counted.", withdrawn: "Your vote has been withdrawn." },
  closed: "Comments on this article are closed.", loading: "Loading comments…", failed: "The comments cannot be loaded right now.", again: "Try again",
  entranceProblems: {},
  problems: {
    network: "No connection to the server. Nothing is lost: try again in a moment.", "text-empty": "Please write something first.",
    internal: "Something went wrong on our side. Please try again.", over: "Please log in (again). Your text stays here.",
  },
};

const ru = {
  locale: "ru",
  title: "Комментарии", close: "Закрыть", empty: "Комментариев пока нет. Ваш может стать первым.", more: "Показать ещё",
  reply: "Ответить", replyTo: (name) => `Ответ на комментарий: ${name}`, cancel: "Отмена", deleted: "Комментарий больше недоступен.", edited: "исправлен",
  write: "Написать комментарий", label: "Ваш комментарий", hint: "Можно выделять *так* и **так**, цитировать знаком >.", send: "Отправить",
  enter: "Войти и написать", logIn: "Войти", register: "Зарегистрироваться", logOut: "Выйти", as: (name) => `Вы пишете как ${name}.`,
  email: "Электронная почта", password: "Пароль", passwordHint: "Не короче 10 знаков.", name: "Имя", nameHint: "Видно рядом с комментариями.",
  newHere: "Впервые здесь? Зарегистрируйтесь", registered: "Вы зарегистрированы.", known: "Уже зарегистрированы? Войдите",
  sending: "Отправляем…", checking: "Ваш комментарий проверяется…", published: "Ваш комментарий опубликован.",
  held: "Его проверит модератор. До тех пор его видите только вы.", rejected: "Ваш комментарий не опубликован: он нарушает правила.",
  slow: "Проверка идёт дольше обычного. Комментарий сохранён и появится, как только будет проверен.",
  own: "Видно только вам", stands: { pending: "Проверяется", held: "Ждёт модератора", rejected: "Не опубликован", published: "Опубликован" },
  because: "Причина:", moderator: "Сообщение модераторов:",
  grounds: {
    toxic: "грубые или враждебные слова", spam: "реклама", insult: "оскорбление", threat: "угроза", hate: "ненависть к группе людей",
    obscene: "непристойность", "off-topic": "не по теме статьи", "personal-data": "чьи-то личные данные", illegal: "нарушение закона",
    "banned-words": "слова, которые здесь недопустимы", link: "ссылка", repeated: "такое уже присылали", "new-author": "первые комментарии проверяет человек",
    reported: "на него пожаловались читатели", premoderated: "комментарии здесь сначала проверяет человек", "stopped-before": "прежняя версия не была принята",
    "not-scored": "автоматически проверить не удалось", "not-covered": "комментарии на этом языке проверяет человек",
  },
  edit: "Исправить", editOwn: "Исправить свой комментарий", save: "Сохранить", remove: "Удалить", removeOwn: "Удалить свой комментарий",
  removeSure: "Удалить этот комментарий? Вернуть его будет нельзя.",
  edits: {
    pending: "Проверка идёт дольше обычного. Исправление сохранено и появится, как только будет проверено.",
    held: "Исправление проверит модератор. До тех пор читатели видят прежний текст.",
    rejected: "Исправление не опубликовано: оно нарушает правила. Читатели видят прежний текст.",
  },
  ownProblems: {
    "edit-window-closed": "Время, когда этот комментарий можно было исправить, истекло.", "comment-not-found": "Комментарий больше недоступен.",
  },
  report: "Пожаловаться", reportOf: (name) => `Пожаловаться на комментарий: ${name}`, reportWhy: "Что с ним не так?", reportChoose: "Выберите причину",
  reportMore: "Хотите что-нибудь добавить? (необязательно)", reportSend: "Отправить жалобу", reported: "Спасибо. Модератор проверит комментарий. Никто другой не узнает, что жаловались вы.",
  withdraw: "Отозвать жалобу", withdrawn: "Жалоба отозвана.", overHere: "Войдите (ещё раз).",
  reasons: {
    spam: "Реклама или спам", insult: "Оскорбление", threat: "Угроза", hate: "Ненависть к группе людей", obscene: "Непристойность",
    "off-topic": "Не по теме", "personal-data": "Чужие личные данные", illegal: "Нарушает закон", other: "Другое",
  },
  reportProblems: {
    "comment-not-found": "Комментарий больше недоступен.", forbidden: "Эта учётная запись не может пожаловаться на этот комментарий.",
    "report-settled": "Модератор уже принял решение об этом комментарии.",
  },
  told: {
    warning: "Модератор вынес вам предупреждение.", mute: (until) => `Вы не можете писать и жаловаться до: ${until}.`,
    ban: (until) => (until ? `Учётная запись заблокирована до: ${until}.` : "Учётная запись здесь заблокирована."), removal: "Модератор удалил ваши комментарии.",
  },
  votes: { views: "Просмотров:", rating: "Оценка статьи читателями", up: "Нравится:", down: "Не нравится:", counted: "Ваш голос учтён.", withdrawn: "Ваш голос отозван." },
  closed: "Комментарии к этой статье закрыты.", loading: "Загружаем комментарии…", failed: "Сейчас не удаётся загрузить комментарии.", again: "Попробовать ещё раз",
  entranceProblems: { "invalid-input": "Проверьте, что вы ввели: имя, адрес, пароль не короче 10 знаков." },
  problems: {
    network: "Нет связи с сервером. Ничего не пропало: попробуйте через минуту.", "text-empty": "Сначала что-нибудь напишите.",
    internal: "У нас что-то пошло не так. Попробуйте ещё раз.", over: "Войдите (ещё раз). Ваш текст никуда не денется.",
    "text-too-long": "Комментарий слишком длинный. Сократите его.", "text-not-allowed": "В тексте есть знаки, которые нельзя сохранить.",
    "rate-limited": "Слишком часто. Подождите немного.", "credentials-wrong": "Неверный адрес или пароль.",
    "name-taken": "Это имя или адрес уже заняты.", "invalid-input": "Отправить не удалось. Возможно, текст слишком длинный.",
    "reply-too-deep": "Так глубоко отвечать здесь нельзя. Ответьте на комментарий выше или напишите отдельный.",
    "article-closed": "Комментарии к этой статье закрыты.", "comment-not-found": "Комментария, на который вы отвечаете, больше нет.",
    unavailable: "Сервис сейчас не может этого сделать. Попробуйте через минуту.", forbidden: "Эта учётная запись не может здесь писать.",
  },
};

const ALL = { en, ru };

export function wordsOf(element) {
  const language = element.closest("[lang]")?.lang.slice(0, 2);
  return ALL[language] ?? en;
}

// Formats times in the language of the words, in the zone that the element names.
export function clockOf(words, element) {
  const shape = { dateStyle: "medium", timeStyle: "short" };
  try {
    return new Intl.DateTimeFormat(words.locale, { ...shape, timeZone: element.getAttribute("zone") ?? undefined });
  } catch {
    return new Intl.DateTimeFormat(words.locale, shape); // the browser does not know the zone
  }
}

// What a moderator told an author: the measure taken, its end if it has one, and the moderator's own words.
export function tell(words, { kind, until, words: own }, clock) {
  const said = words.told[kind];
  return [typeof said === "function" ? said(until && clock.format(new Date(until))) : said, own].filter(Boolean);
}

const KINDS = { "author-muted": "mute", "author-banned": "ban" };

// Problems that have no words here are shown in English as the server worded them, and in other languages as an internal error.
export function explain(words, problem, clock) {
  if (clock && KINDS[problem.code]) return tell(words, { ...problem.told, kind: KINDS[problem.code] }, clock).join(" ");
  return words.problems[problem.code] ?? (words === en ? problem.message : words.problems.internal);
}
