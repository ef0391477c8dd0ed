"""What an eye would notice on a page, as measurements."""


def boxes(cells):
    found: list[dict[str, float]] = cells.evaluate_all(
        "(cells) => cells.map((cell) => cell.getBoundingClientRect().toJSON())"
    )
    return found


def style(element, name):
    return element.evaluate("(element, name) => getComputedStyle(element)[name]", name)


def contrast(element):
    """Contrast as WCAG defines it, between the text and the page behind it, as they are painted."""
    painted = element.evaluate("""(element) => {
        const brush = new OffscreenCanvas(1, 1).getContext("2d");
        const page = document.body.appendChild(document.createElement("p"));
        page.attributeStyleMap.set("background-color", "Canvas");
        const paint = (colour) => {
            brush.fillStyle = colour;
            brush.fillRect(0, 0, 1, 1);
            return [...brush.getImageData(0, 0, 1, 1).data];
        };
        const pair = [paint(getComputedStyle(page).backgroundColor), paint(getComputedStyle(element).color)];
        page.remove();
        return pair;
    }""")
    light, dark = sorted((luminance(colour) for colour in painted), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    shares = [number / 255 for number in colour[:3]]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def places(cells):
    """Left, top and bottom of each cell."""
    found: list[list[float]] = cells.evaluate_all(
        "(cells) => cells.map((cell) => cell.getBoundingClientRect()).map((box) => [box.left, box.top, box.bottom])"
    )
    return found
