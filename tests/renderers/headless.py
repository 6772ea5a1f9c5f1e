"""A page in a headless Chromium, driven the way a person would, for tests of what a browser makes of it."""

import base64
import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(
    BROWSER is None or DRIVER is None, reason="needs Chromium and its driver (chromium, chromium-driver)"
)
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Page:
    """The one tab of a browser. Opening an address forgets what console and network said before."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, path: Path, fragment: str = "", *, width: int = 1440, dark: bool = False) -> None:
        """Load a file anew in a window `width` CSS pixels wide."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        still = {
            "name": "prefers-reduced-motion",
            "value": "reduce",
        }  # scrolling is over when a click returns
        self.cdp("Emulation.setEmulatedMedia", features=[scheme, still])
        self.cdp(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
        )
        self.driver.get(f"{path.as_uri()}{fragment}")

    def cdp(self, command: str, **parameters: object) -> dict[str, Any]:
        """What the browser answers to a command of the DevTools protocol."""
        return dict(self.driver.execute_cdp_cmd(command, parameters))

    def js(self, script: str, *arguments: object) -> Any:
        """The value that `script` returns in the page."""
        return self.driver.execute_script(script, *arguments)

    def one(self, selector: str) -> WebElement:
        """The first element that `selector` finds. Raises NoSuchElementException."""
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        """All elements that `selector` finds, in the order of the page."""
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def press(self, keys: str) -> None:
        """Type `keys` to whatever has the focus."""
        ActionChains(self.driver).send_keys(keys).perform()

    def comes(self, condition: Callable[[], object], seconds: float = 30) -> bool:
        """True as soon as `condition` holds: scripts answer a click a moment later. False when it never does."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def in_view(self, element: WebElement) -> bool:
        """True when the middle of `element` lies in the window and nothing else covers it."""
        found = """
            const box = arguments[0].getClientRects()[0];
            const there = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return Boolean(there) && (arguments[0].contains(there) || there.contains(arguments[0]));
        """
        return bool(self.js(found, element))

    def console(self) -> list[str]:
        """Everything the console said since the page was opened or this was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Addresses the page asked for, its own included, since it was opened or this was last asked."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]

    def pdf(self) -> bytes:
        """The page as it prints."""
        return base64.b64decode(self.cdp("Page.printToPDF", printBackground=True)["data"])

    def axe(self) -> list[str]:
        """What axe-core finds against WCAG 2.2 AA: rule, impact and where, one line each."""
        self.js(AXE.read_text(encoding="utf-8"))
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {runOnly: arguments[0]}).then((answer) => done(answer.violations));",
            WCAG_2_2_AA,
        )
        return [
            f"{v['id']} ({v['impact']}): {n['target']} {n['failureSummary']}"
            for v in found
            for n in v["nodes"]
        ]


@contextmanager
def chromium() -> Iterator[Page]:
    """A browser of its own, gone when the context ends."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    for argument in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage"):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))
    driver.set_script_timeout(300)  # axe-core on a machine that is busy otherwise
    try:
        yield Page(driver)
    finally:
        driver.quit()
