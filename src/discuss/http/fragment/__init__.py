"""The sidebar as HTML that a site includes on its server: what readers without JavaScript see, and what everybody sees first.

`embed/latest.js` reads these rows back, so both write an instant and a number the same way; `embed/latest.css` gives them one look.
"""
