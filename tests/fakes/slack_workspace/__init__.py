"""A strict fake Slack workspace: the real slack-bolt and slack-sdk run against it over real sockets.

Use
    with running(manifest=manifest, timing=Timing(time_scale=0.005)) as slack:   # a thread and loop of its own
        start_the_bot(slack.environment)                   # base_url=slack.api_url is the only hook
        asked = slack.user("U1").mention("C1", "How do we win back a quiet account?")
        answer = slack.wait(lambda: slack.replies(asked))[0]
        slack.user("U1").click(answer, "vote", "down")
        assert not slack.pings and not slack.complaints

`running` is a plain context manager, and people's methods are plain functions that never wait for the app: they work
from any thread, whether the bot is a subprocess, another thread, or in the caller's loop (then wait with `await
slack.eventually(...)` instead of `slack.wait(...)`). `async with serving()` runs the workspace in the caller's own
loop. `python -m tests.fakes.slack_workspace` starts one by hand, with a page to talk to the bot on.

Parts
    running         running, serving, furnish (team T1; people U1 U2 U3; channels C1 public, C2 private; group S1)
    workspace       Workspace: setting the scene, installing, joining the parts;  reading: what tests see and wait for
    people          Person: say, mention, dm, slash, shortcut, click, submit, open_home, press_stop, delete, join ...
    administration  slack.admin: change (a person), regroup, disable, share, unshare
    faults          sockets that end, reset, fall silent or refresh; calls slow, limited, failed, cut; lost acks ...
    openid          Sign in with Slack: who sits at the browser (`slack.openid.person`), what their id_token claims
    sockets, http_mode, deliveries    Socket Mode, signed HTTP, and the retries both share;  browser: OAuth as seen
    web_api/        the methods; a function's signature is its table of arguments, its decorator names the scopes
    blocks, elements, rules           Block Kit;  markup: pings and links in what was posted
    app, rates, grants, events, interactions, state, records, errors;  server, page: HTTP

Modelled
    Tokens and their kinds, scopes (missing_scope with needed and provided), required and unknown arguments, channel
    membership and visibility, tiers of rate limits (429, Retry-After), Block Kit limits with the place of the fault,
    triggers (3 s, once), response URLs (5 uses, 30 minutes), streams (5 minutes, appended to or not; stopped_by_user),
    status (cleared by a message, or after 2 minutes), sessions, prompts, homes, stacks of modals and response_action.
    Guests, bots, deactivated people, people of other teams in shared channels (Slack Connect), user groups;
    user_change, subteam_*, member_* and channel_shared events as they change.
    Events only if subscribed, scoped and in the channel; a mention comes as app_mention and as message; the bot hears
    its own posts; text arrives escaped. Acks within 3 s; events are tried four times with one event_id, commands and
    interactions once. Hello, single-use tickets, ten connections, disconnect. HTTP signatures, url_verification,
    several teams, OAuth, app_uninstalled, tokens_revoked. Sign in with Slack (OpenID Connect), its codes good once.

Recorded
    calls, deliveries with each attempt and its latency, pings and links in posted text, refusals (what Slack told a
    person), and complaints: what Slack would refuse, ignore or regret (unknown methods and arguments, double acks,
    blocks without a text for notifications, thread_ts of a reply ...). A good bot leaves `complaints` empty.

Assumptions (nobody asked the real Slack)
    - each retry is a new envelope; an ack counts on any connection; an event that meets no connection fails at once;
    - a black-holed connection leaves the rotation, unless `ghost=True`; then it eats its share for ever;
    - a refresh warns, waits ten seconds (by time_scale), then closes; new events avoid a connection that was warned;
    - bursts, and the numbers of special rate limits (rates.py); a limited call does not count;
    - posting to a thread whose root is gone fails with thread_not_found unless replies remain; a reply's ts as
      thread_ts is taken for its root's, with a complaint;
    - startStream and every other method refuse arguments their page does not list, where Slack often ignores them;
    - 256 characters a task text; markdown blocks beside others fail at 13,200 characters; chat.update at 4,000;
    - a bare @here pings only with link_names or parse=full; brackets inside code spans count as pings;
    - a mention in a group's direct messages comes as message.mpim alone; is_stranger says that somebody of another team
      is in no channel of ours; of deactivated people users.info does not say whether they were guests;
    - who leaves is told of to bots that are in the channel, with the scope for its kind;
    - a command's response URL has no original to replace.

Not modelled
    Enterprise Grid, files, block_suggestion, workflows and functions, token rotation, scheduled messages, generated
    block ids, Slack's rewriting of markdown to rich_text, app_rate_limited and the disabling of failing subscriptions.
"""

from . import browser
from .app import App, Timing
from .people import Impossible, Person
from .rates import Rates, Window
from .reading import shown
from .records import Attempt, Call, Delivery, Link, Message, Ping, View
from .running import running, serving
from .workspace import Workspace

__all__ = [
    "App",
    "Attempt",
    "Call",
    "Delivery",
    "Impossible",
    "Link",
    "Message",
    "Person",
    "Ping",
    "Rates",
    "Timing",
    "View",
    "Window",
    "Workspace",
    "browser",
    "running",
    "serving",
    "shown",
]
