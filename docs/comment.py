"""Takes the picture of the comment: the output of `ost diff` on a made-up quarter, as a forge shows
it.

The comment is the command's output, rendered as Markdown. Mermaid, a style sheet like the forge's
and pictures for emojis come from npm while the picture is taken, and only then (`NPM`).
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from selenium import webdriver

QUARTER = Path(__file__).parent / "quarter.txt"
LATER = "== later ==\n"
NPM = ("mermaid@11", "github-markdown-css@5", "@twemoji/svg@15")
WIDTH = 920
FRAME = """\
<!doctype html><meta charset="utf-8"><title>A comment</title>
<style>{style}
  body {{ margin: 0; padding: 24px; background: #fff; font-family: sans-serif; }}
  .emoji {{ height: 1.1em; vertical-align: -0.15em; background: none; }}
  .comment {{ border: 1px solid #d1d9e0; border-radius: 6px; max-width: {width}px; }}
  .head {{ background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 8px 16px;
          border-radius: 6px 6px 0 0; font-size: 14px; color: #59636e; }}
  .head b {{ color: #1f2328; }}
  .markdown-body {{ padding: 16px; font-size: 14px; }}
  .markdown-body h3 {{ margin-top: 0; }}
  pre.mermaid {{ background: none; text-align: center; }}
</style>
<div class="comment"><div class="head"><b>github-actions</b> commented 2 minutes ago · edited</div>
<div class="markdown-body">{body}</div></div>
<script>{mermaid}</script>
<script>mermaid.initialize({{startOnLoad: false}});
mermaid.run().then(() => document.body.dataset.drawn = "yes");</script>
"""


def steps(text: str) -> Iterator[dict[str, str]]:
    """The files before and after, each below a line `-- path --`."""
    for part in text.split(LATER):
        found = re.split(r"^-- (\S+) --\n", part, flags=re.MULTILINE)
        yield dict(zip(found[1::2], found[2::2], strict=True))


def diff_comment(folder: Path) -> str:
    """The output of `ost diff` on the quarter, from two commits in a new repository."""
    folder.mkdir(parents=True)
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    names = {f"GIT_{who}_{what}": "a@example.org" for who in _WHO for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **quiet, **names, "XDG_CACHE_HOME": str(folder / ".cache")}

    def run(*command: str) -> str:
        return subprocess.run(
            command, cwd=folder, env=environment, check=True, capture_output=True, text=True
        ).stdout

    run("git", "init", "-q", "-b", "main")
    for day, texts in zip(_DAYS, steps(QUARTER.read_text("utf-8")), strict=True):
        for name, text in texts.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.unlink() if text == "gone\n" else file.write_text(text, "utf-8")
        environment |= {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in _WHO}
        run("git", "add", "content", "ost.toml")
        run("git", "commit", "-qm", "A quarter")
    ost = str(Path(sys.executable).with_name("ost"))
    return run(ost, "diff", "HEAD~1..HEAD", "--format", "markdown")


_WHO = ("AUTHOR", "COMMITTER")
_DAYS = ("2026-10-01", "2026-12-02")


def page(comment: str, modules: Path) -> str:
    """The comment as a page; its picture is drawn by the page's script."""
    body = str(MarkdownIt("commonmark", {"html": True}).enable("table").render(comment))
    body = re.sub(
        r'<pre><code class="language-mermaid">(.*?)</code></pre>',
        r'<pre class="mermaid">\1</pre>',
        body,
        flags=re.DOTALL,
    )
    return FRAME.format(
        style=(modules / "github-markdown-css/github-markdown-light.css").read_text("utf-8"),
        mermaid=(modules / "mermaid/dist/mermaid.min.js").read_text("utf-8"),
        body=EMOJI.sub(_drawn, body),
        width=WIDTH,
    )


EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?")


def _drawn(emoji: re.Match[str]) -> str:
    """A picture of the emoji: a browser without fonts for them shows empty boxes."""
    name = "-".join(f"{ord(each):x}" for each in emoji[0] if each != "\ufe0f")
    return f'<img class="emoji" alt="" src="node_modules/@twemoji/svg/{name}.svg">'


def shoot(driver: webdriver.Chrome, work: Path, image: Path) -> None:
    """Takes the picture; `work` is an empty folder."""
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", *NPM]
    subprocess.run(install, cwd=work, check=True)
    file = work / "comment.html"
    file.write_text(page(diff_comment(work / "repository"), work / "node_modules"), "utf-8")
    size = {"width": WIDTH + 50, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.get(file.as_uri())
    for _ in range(100):
        if driver.execute_script("return document.body.dataset.drawn"):
            break
        time.sleep(0.1)
    end = "return document.querySelector('.comment').getBoundingClientRect().bottom"
    height = int(driver.execute_script(end)) + 24
    size["height"] = height
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    time.sleep(0.3)
    driver.save_screenshot(str(image))
