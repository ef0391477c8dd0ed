"""What all HTML pages share: one frame, strict headers, two languages, and errors that are pages too."""
