// What the thread says, in the page's language.

const en = {
  locale: "en-GB",
  title: "Comments", empty: "No comments yet. Yours could be the first.", more: "Show more comments",
  reply: "Reply", replyTo: (name) => `Reply to ${name}`, cancel: "Cancel", deleted: "This comment was deleted by its author.", edited: "edited",
  write: "Write a comment", label: "Your comment", hint: "You can use *emphasis*, **bold** and > quotes.", send: "Send",
  enter: "Log in to comment", logIn: "Log in", register: "Register", logOut: "Log out", as: (name) => `You write as ${name}.`,
  email: "E-mail", password: "Password", passwordHint: "At least 10 characters.", name: "Name", nameHint: "Shown beside your comments.",
  newHere: "New here? Register", known: "Registered already? Log in",
  sending: "Sending…", checking: "Your comment is being checked…", published: "Your comment is published.",
  held: "A moderator will look at it. Until then only you know about it.", rejected: "Your comment was not published: it was found to break the rules.",
  slow: "Checking takes longer than usual. Your comment is stored and will appear as soon as it is checked.",
  closed: "Comments on this article are closed.", loading: "Loading comments…", failed: "The comments cannot be loaded just now.", again: "Try again",
  problems: {
    network: "No connection to the server. Nothing is lost: try again in a moment.", "text-empty": "Please write something first.",
    internal: "Something went wrong on our side. Please try again.", over: "Please log in (again). Your text stays here.",
  },
};

const ru = {
  locale: "ru",
  title: "Комментарии", empty: "Комментариев пока нет. Ваш может стать первым.", more: "Показать ещё",
  reply: "Ответить", replyTo: (name) => `Ответ на комментарий: ${name}`, cancel: "Отмена", deleted: "Автор удалил этот комментарий.", edited: "исправлен",
  write: "Написать комментарий", label: "Ваш комментарий", hint: "Можно выделять *так* и **так**, цитировать знаком >.", send: "Отправить",
  enter: "Войти и написать", logIn: "Войти", register: "Зарегистрироваться", logOut: "Выйти", as: (name) => `Вы пишете как ${name}.`,
  email: "Электронная почта", password: "Пароль", passwordHint: "Не короче 10 знаков.", name: "Имя", nameHint: "Видно рядом с комментариями.",
  newHere: "Впервые здесь? Зарегистрируйтесь", known: "Уже зарегистрированы? Войдите",
  sending: "Отправляем…", checking: "Ваш комментарий проверяется…", published: "Ваш комментарий опубликован.",
  held: "Его посмотрит модератор. До тех пор о нём знаете только вы.", rejected: "Ваш комментарий не опубликован: он нарушает правила.",
  slow: "Проверка идёт дольше обычного. Комментарий сохранён и появится, как только будет проверен.",
  closed: "Комментарии к этой статье закрыты.", loading: "Загружаем комментарии…", failed: "Сейчас не удаётся загрузить комментарии.", again: "Попробовать ещё раз",
  problems: {
    network: "Нет связи с сервером. Ничего не пропало: попробуйте через минуту.", "text-empty": "Сначала что-нибудь напишите.",
    internal: "Что-то сломалось у нас. Попробуйте ещё раз.", over: "Войдите (ещё раз). Ваш текст никуда не денется.",
    "text-too-long": "Комментарий слишком длинный. Сократите его.", "text-not-allowed": "В тексте есть знаки, которые нельзя сохранить.",
    "rate-limited": "Слишком часто. Подождите немного.", "credentials-wrong": "Неверный адрес или пароль.",
    "name-taken": "Это имя или адрес уже заняты.", "invalid-input": "Проверьте, что вы ввели: имя, адрес, пароль не короче 10 знаков.",
    "article-closed": "Комментарии к этой статье закрыты.", "comment-not-found": "Комментария, на который вы отвечаете, больше нет.",
    unavailable: "Сервис сейчас не может этого сделать. Попробуйте через минуту.", forbidden: "Эта учётная запись не может здесь писать.",
  },
};

const ALL = { en, ru };

export function wordsOf(element) {
  const language = element.closest("[lang]")?.lang.slice(0, 2);
  return ALL[language] ?? en;
}

// English problems without words of their own here come from the server in English already.
export function explain(words, problem) {
  return words.problems[problem.code] ?? (words === en ? problem.message : words.problems.internal);
}
