import Charts
import CostModel
import Secrets

/// How pages look, and the one script that they have: both stand in each page, because a report is files that are sent around.
///
/// Everything can be read without the script. It adds sorting and filtering to tables, and asks nobody for anything.
enum PageStyle {
    static let text = """
        \(ChartStyle.rules)
        :root{color-scheme:light dark;--bg:#f4f6f8;--card:#fff;--text:#1c2128;--muted:#57606a;--line:#d8dee4;--link:#0550ae;--good:#00705a;--bad:#a83f08;--code:#eef1f4}
        @media screen and (prefers-color-scheme:dark){:root{--bg:#0b0e13;--card:#12161c;--text:#e6edf3;--muted:#9aa5b1;--line:#30363d;--link:#79b8ff;--good:#38c9a0;--bad:#f0914a;--code:#1b2129}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        a{color:var(--link)}
        a:focus-visible,summary:focus-visible,button:focus-visible,input:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
        header,main,footer{max-width:1200px;margin:0 auto;padding:0 16px}
        header{padding-top:14px}
        .brand{font-weight:600}
        nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:2px 6px;margin:8px 0 0;padding:0 0 8px;border-bottom:1px solid var(--line)}
        nav a{display:block;padding:5px 10px;border-radius:6px;text-decoration:none}
        nav a:hover{text-decoration:underline}
        nav a[aria-current]{background:var(--text);color:var(--bg)}
        h1{font-size:1.6rem;line-height:1.25;margin:20px 0 4px;overflow-wrap:anywhere}
        h2{font-size:1.2rem;margin:32px 0 10px}
        h3{font-size:1rem;margin:0 0 6px;overflow-wrap:anywhere}
        footer{margin:40px auto 24px;color:var(--muted);font-size:.87rem}
        .lead,.note{color:var(--muted);margin:0 0 10px;overflow-wrap:anywhere}
        .note{font-size:.87rem;margin:4px 0}
        .skip{position:absolute;left:-999px}.skip:focus{position:static}
        .away{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .tiles,.cards{display:grid;gap:12px;margin:12px 0}
        .tiles{grid-template-columns:repeat(auto-fit,minmax(150px,1fr))}
        .cards{grid-template-columns:repeat(auto-fill,minmax(min(100%,460px),1fr));align-items:start}
        .tile,.card,figure.chart{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 14px;margin:0;min-width:0}
        .card>figure.chart{border:0;padding:0;background:none}
        .tile dt{color:var(--muted);font-size:.87rem}.tile dd{margin:0}
        .tile .big{font-size:1.5rem;font-weight:650;line-height:1.3;overflow-wrap:anywhere}
        dl.tiles{padding:0}
        figcaption{font-weight:600;margin-bottom:8px}
        svg{display:block}svg:not(.own){width:100%;height:auto;max-width:620px}
        svg.narrow{display:none}
        @media screen and (max-width:540px){svg.wide{display:none}svg.narrow{display:block}}
        svg.spark{width:80px;height:24px;max-width:none}
        .scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px;margin:10px 0}
        details .scroll{max-height:320px;overflow:auto}
        table{border-collapse:collapse;width:100%;font-size:.93rem}
        th,td{text-align:left;vertical-align:top;padding:7px 10px;border-bottom:1px solid var(--line)}
        tbody tr:last-child>*{border-bottom:0}
        th{font-weight:600}thead th{color:var(--muted);font-size:.87rem;white-space:nowrap}
        .num{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        .day{white-space:nowrap}td.say{min-width:240px;overflow-wrap:anywhere}td.path{min-width:230px;font-size:.87rem;overflow-wrap:anywhere}
        tbody th{min-width:110px;max-width:280px;overflow-wrap:anywhere}th code{white-space:nowrap}th .mute{font-weight:400;font-size:.87rem}tbody th.say{min-width:240px}
        form.out{display:inline-block;margin-left:10px}button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--muted);border-radius:8px;padding:4px 12px;cursor:pointer}input[type=password]{font:inherit;color:inherit;background:var(--card);border:1px solid var(--muted);border-radius:8px;padding:6px 10px}
        thead button{all:unset;cursor:pointer;font:inherit;color:inherit}thead button:focus-visible{outline:3px solid var(--link)}
        thead button::after{content:" ↕";opacity:.6}th[aria-sort=ascending] button::after{content:" ↑"}th[aria-sort=descending] button::after{content:" ↓"}
        input[type=search]{font:inherit;color:inherit;background:var(--card);border:1px solid var(--muted);border-radius:8px;padding:6px 10px;width:min(100%,340px)}
        .newer{position:sticky;top:0;background:var(--card);border:1px solid var(--link);border-radius:8px;padding:6px 12px;margin:8px 0}
        .filter{margin:10px 0 0;display:flex;flex-wrap:wrap;gap:4px 10px;align-items:center}
        code,pre{font:.87rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
        code{background:var(--code);border-radius:5px;padding:1px 5px;overflow-wrap:anywhere}
        pre{background:var(--code);border-radius:8px;padding:10px 12px;overflow-x:auto;margin:8px 0 0}
        .chip{display:inline-block;border:1px solid currentColor;border-radius:99px;padding:0 8px;font-size:.83rem;white-space:nowrap}
        .good{color:var(--good)}.bad{color:var(--bad)}.mute{color:var(--muted)}
        summary{cursor:pointer}
        ul.plain{list-style:none;padding:0;margin:0}ul.plain li{padding:6px 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}ul.plain li:last-child{border:0}
        .bingo{list-style:none;display:grid;grid-template-columns:repeat(4,minmax(150px,1fr));gap:8px;margin:0;padding:10px;min-width:664px}
        .bingo li{border:1px solid var(--line);border-radius:8px;padding:8px 10px;overflow-wrap:anywhere;font-size:.87rem;min-height:96px}.bingo strong,.bingo code{display:block}.bingo code{margin-top:4px;background:none;padding:0;color:var(--muted)}
        .bingo .marked{border:2px solid var(--good)}.bingo .marked strong{color:var(--good)}.bingo .lost strong{color:var(--bad)}.bingo .empty{color:var(--muted);border-style:dashed}
        .pages{display:flex;flex-wrap:wrap;gap:8px;margin:12px 0;padding:0;list-style:none}
        @media print{nav,.skip,.filter{display:none}body{background:#fff}.tile,.card,figure.chart{break-inside:avoid}a{color:inherit}}
        @media (prefers-reduced-motion:no-preference){.tile,.card{transition:border-color .2s}}
        """

    static let script = #"""
        "use strict";
        for (const box of document.querySelectorAll("[data-table]")) {
          const table = box.querySelector("table"), body = table.tBodies[0], rows = [...body.rows];
          const value = (row, at) => { const cell = row.cells[at]; return cell.dataset.v ?? cell.textContent.trim(); };
          [...table.tHead.rows[0].cells].forEach((head, at) => {
            const button = document.createElement("button");
            button.type = "button"; button.textContent = head.textContent; head.replaceChildren(button);
            button.addEventListener("click", () => {
              const falls = head.getAttribute("aria-sort") === "ascending";
              for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
              head.setAttribute("aria-sort", falls ? "descending" : "ascending");
              const isNumber = head.classList.contains("num");
              rows.sort((a, b) => {
                const x = value(a, at), y = value(b, at);
                if (x === "" || y === "") return x === y ? 0 : x === "" ? 1 : -1;
                const order = isNumber ? Number(x) - Number(y) : x.localeCompare(y, "en", { numeric: true });
                return falls ? -order : order;
              });
              body.append(...rows);
            });
          });
          if (rows.length > 8) {
            const filter = document.createElement("div"), label = document.createElement("label");
            const input = document.createElement("input"), count = document.createElement("span");
            filter.className = "filter"; input.type = "search"; label.textContent = box.dataset.table + " ";
            count.setAttribute("role", "status"); count.className = "mute";
            label.append(input); filter.append(label, count); box.before(filter);
            input.addEventListener("input", () => {
              const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
              let shown = 0;
              for (const row of rows) {
                const text = row.textContent.toLowerCase();
                row.hidden = !words.every(word => text.includes(word));
                if (!row.hidden) shown += 1;
              }
              count.textContent = words.length ? shown + " of " + rows.length : "";
            });
          }
        }
        """#

    /// Each by its SHA-256 digest in Base64, as a page's policy names what may stand in it.
    static let textDigest = digest(text)
    static let scriptDigest = digest(script)

    static func digest(_ text: String) -> String {
        var hash = SHA256()
        hash.update(Array(text.utf8))
        let hex = Array(hash.hexDigest().utf8)
        func digit(_ byte: UInt8) -> UInt8 { byte < 0x3A ? byte - 0x30 : byte - 0x57 }
        return Base64.text(of: stride(from: 0, to: hex.count, by: 2).map { digit(hex[$0]) << 4 | digit(hex[$0 + 1]) })
    }
}
