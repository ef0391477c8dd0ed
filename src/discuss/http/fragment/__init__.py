"""The sidebar as HTML that a site includes on the server side: all that readers without JavaScript see, and what others see first.

`embed/latest.js` takes these rows over, so both write instants and numbers alike; `embed/latest.css` gives both the same look.
"""
