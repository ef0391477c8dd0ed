"""How the names of sites end that are linked without `https://`."""

ENDINGS = r"(?:com|ru|net|org|info|biz|xyz|top|me|su|рф|ua|online|site|shop|club|link|ly|io)\b"
