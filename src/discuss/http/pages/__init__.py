"""What all HTML pages share: a frame, strict headers, two languages, and error pages."""
