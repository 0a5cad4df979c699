/// What a server's page adds to that of a report: it asks whether there is something newer, and then shows it.
package struct LivePage: Sendable {
    /// Where the events are, beside the pages.
    package static let events = "events"

    /// What the page was made of, as events name it.
    package var version: String

    package init(version: String) { self.version = version }

    /// Loads the page again, unless somebody is in the middle of something: then it says that it could.
    static let script = #"""
        "use strict";
        {
          const { events, version } = document.currentScript.dataset, source = new EventSource(events);
          source.addEventListener("state", event => {
            if (event.data === version) return;
            source.close();
            const isInUse = [...document.querySelectorAll("input")].some(input => input.value) || document.querySelector("details[open]");
            if (!isInUse) return location.reload();
            const note = document.createElement("p"), link = document.createElement("a");
            note.className = "newer"; note.setAttribute("role", "status");
            link.href = location.pathname; link.textContent = "There are newer figures: show them";
            note.append(link); document.querySelector("main").prepend(note);
          });
        }
        """#

    /// By its SHA-256 digest in Base64, as `PageStyle.scriptDigest`.
    package static let scriptDigest = PageStyle.digest(script)
}
