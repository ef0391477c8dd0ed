"""The endings of site names that people link to without `https://`."""

ENDINGS = r"(?:com|ru|net|org|info|biz|xyz|top|me|su|рф|ua|online|site|shop|club|link|ly|io)\b"
