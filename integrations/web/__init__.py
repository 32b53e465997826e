"""The web console: the coach in a browser (`coach serve`).

- console    what pages need (Console) and what a page is (Page, Section)
- app        the Starlette app made of all sections;  frame: what happens around every page
- serving    start and stop, and the address to open
- sessions   who is signed in;  visitors: what they may do at this moment;  openid: Slack says who they are
- safety     hosts, origins, CSRF, headers
- texts      words in three languages;  showing: answers and passages as templates need them
- pages/     a module a section: its routes, its words, its place in the menu
- templates/ and static/
"""
