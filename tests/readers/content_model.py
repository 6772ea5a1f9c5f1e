"""One document written in every format, and the blocks that each must give.

To add a format, write a function that builds its bytes and name it in `SAMPLES`; where the format cannot
carry a kind of block (plain text has no comments), list that kind in `WITHOUT`.
"""

Row = tuple[str, str, tuple[str, ...], tuple[str, ...]]

TOP = ("Pump Alerts",)
RISKS = ("Pump Alerts", "2. Risks & limits")
NESTED = ("Pump Alerts", "2. Risks & limits", "Owners")

EXPECTED: tuple[Row, ...] = (
    ("heading", "Pump Alerts", (), ()),
    ("paragraph", "We warn a nurse before a pump runs dry, because refills take 40 minutes 🚰.", TOP, ()),
    ("heading", "2. Risks & limits", TOP, ()),
    ("list_item", "A false alarm wakes the ward.", RISKS, ()),
    ("list_item", "At most two per night are accepted.", RISKS, ()),
    ("list_item", "A missed alarm is worse.", RISKS, ()),
    ("heading", "Owners", RISKS, ()),
    ("list_item", "Threshold agreed with the ward", NESTED, ()),
    ("list_item", "Rollback rehearsed", NESTED, ()),
    ("table_row", "Recall | 0.95 | Ada", NESTED, ("Metric", "Limit", "Owner")),
    ("table_row", "Precision | 0.60 | Ben", NESTED, ("Metric", "Limit", "Owner")),
    ("quote", "If in doubt, call a person.", NESTED, ()),
    ("code", "limit = 0.95", NESTED, ()),
    ("alt_text", "Curve of alarms per night", NESTED, ()),
    ("comment", "ask Ada about nights", NESTED, ()),
)
"""Type, text, heading path and column headers of each block, in reading order."""

DEPTHS = {"A false alarm wakes the ward.": 1, "At most two per night are accepted.": 2, "Owners": 3}
"""Depth of some blocks: list items and a heading."""

CHECKED = {"Threshold agreed with the ward": True, "Rollback rehearsed": False}

MARKDOWN = """\
# Pump **Alerts**

We warn a *nurse* before a [pump](https://example.org) runs dry, because refills take `40` minutes 🚰.

## 2. Risks & limits

- A false alarm wakes the ward.
  - At most two per night are accepted.
- A missed alarm is **worse**.

### Owners

- [x] Threshold agreed with the ward
- [ ] Rollback rehearsed

| Metric | Limit | Owner |
|--------|------:|-------|
| Recall | 0.95  | Ada   |
| Precision | 0.60 | Ben |

> If in doubt, call a person.

```python
limit = 0.95
```

![Curve of alarms per night](curve.png)

<!-- ask Ada about nights -->
"""

TEXT = """\
Pump Alerts
===========

We warn a nurse before a pump runs dry, because refills take 40 minutes 🚰.

2. Risks & limits
-----------------

* A false alarm wakes the ward.
  * At most two per night are accepted.
* A missed alarm is worse.

Owners
~~~~~~

- [x] Threshold agreed with the ward
- [ ] Rollback rehearsed

Metric\tLimit\tOwner
Recall\t0.95\tAda
Precision\t0.60\tBen

> If in doubt, call a person.

    limit = 0.95
"""

HTML = """\
<!doctype html>
<html><head><title>Pump Alerts</title><style>p {color: red}</style></head><body>
<nav><a href="/">Home</a></nav>
<h1>Pump <b>Alerts</b></h1>
<p>We warn a <em>nurse</em> before a <a href="https://example.org">pump</a> runs dry, because
refills take <code>40</code> minutes 🚰.</p>
<h2>2. Risks &amp; limits</h2>
<ul><li>A false alarm wakes the ward.
  <ul><li>At most two per night are accepted.</li></ul></li>
<li>A missed alarm is <strong>worse</strong>.</li></ul>
<h3>Owners</h3>
<ul><li><input type="checkbox" checked> Threshold agreed with the ward</li>
<li><input type="checkbox"> Rollback rehearsed</li></ul>
<table><thead><tr><th>Metric</th><th>Limit</th><th>Owner</th></tr></thead>
<tbody><tr><td>Recall</td><td>0.95</td><td>Ada</td></tr>
<tr><td>Precision</td><td>0.60</td><td>Ben</td></tr></tbody></table>
<blockquote>If in doubt, call a person.</blockquote>
<pre><code>limit = 0.95</code></pre>
<img src="curve.png" alt="Curve of alarms per night">
<!-- ask Ada about nights -->
<script>alert("never run")</script>
</body></html>
""".replace("because\nrefills", "because refills")

RST = """\
Pump Alerts
===========

We warn a *nurse* before a `pump <https://example.org>`_ runs dry, because refills take ``40`` minutes 🚰.

2. Risks & limits
-----------------

* A false alarm wakes the ward.

  * At most two per night are accepted.

* A missed alarm is **worse**.

Owners
~~~~~~

- [x] Threshold agreed with the ward
- [ ] Rollback rehearsed

========= ===== =====
Metric    Limit Owner
========= ===== =====
Recall    0.95  Ada
Precision 0.60  Ben
========= ===== =====

..

    If in doubt, call a person.

.. code-block:: python

   limit = 0.95

.. image:: curve.png
   :alt: Curve of alarms per night

.. ask Ada about nights
"""

ADOC = """\
= Pump *Alerts*

We warn a _nurse_ before a https://example.org[pump] runs dry, because refills take `40` minutes 🚰.

== 2. Risks & limits

* A false alarm wakes the ward.
** At most two per night are accepted.
* A missed alarm is *worse*.

=== Owners

* [x] Threshold agreed with the ward
* [ ] Rollback rehearsed

[%header,cols="1,1,1"]
|===
|Metric |Limit |Owner

|Recall |0.95 |Ada
|Precision
|0.60
|Ben
|===

[quote]
If in doubt, call a person.

[source,python]
----
limit = 0.95
----

image::curve.png[Curve of alarms per night]

// ask Ada about nights
"""


def notebook() -> bytes:
    """The Markdown as cells of a notebook, its code in a code cell."""
    import json

    before, rest = MARKDOWN.split("```python\n")
    code, after = rest.split("\n```\n")
    first, second = before.split("### Owners")
    cells = [
        {"cell_type": "markdown", "source": first.splitlines(keepends=True)},
        {"cell_type": "markdown", "source": "### Owners" + second},
        {"cell_type": "code", "source": [code], "outputs": [{"text": "secret output"}]},
        {"cell_type": "markdown", "source": after},
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


SAMPLES: dict[str, bytes] = {
    "sample.md": MARKDOWN.encode(),
    "sample-crlf.md": MARKDOWN.replace("\n", "\r\n").encode(),
    "sample-cr.md": MARKDOWN.replace("\n", "\r").encode(),
    "sample-bom.md": b"\xef\xbb\xbf" + MARKDOWN.encode(),
    "sample-utf16.md": MARKDOWN.encode("utf-16"),
    "sample.mdx": MARKDOWN.replace("<!-- ask", "{/* ask").replace("nights -->", "nights */}").encode(),
    "sample.txt": TEXT.encode(),
    "sample.html": HTML.encode(),
    "sample.ipynb": notebook(),
    "sample.rst": RST.encode(),
    "sample.adoc": ADOC.encode(),
}
"""File name → bytes."""

WITHOUT: dict[str, frozenset[str]] = {".txt": frozenset({"alt_text", "comment"})}
"""Suffix → types of block that the format cannot carry."""
