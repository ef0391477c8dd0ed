"""The demo site's own pages: what a newspaper would serve, with our scripts in them.

Everybody knows the log-ins of the demo, so it is served only where other machines cannot reach it.
"""

from litestar import Router

from discuss.http.demo.articles import article, front

demo = Router(path="/demo", route_handlers=[front, article], include_in_schema=False)
