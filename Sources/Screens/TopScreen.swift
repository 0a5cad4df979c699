import CostModel
package import Pages
package import Terminal

/// What `bursar top` shows, and what its keys do: keys go in, lines come out.
package struct TopScreen: Sendable {
    /// What whoever owns the terminal is to do.
    package enum Request: Hashable, Sendable {
        case quit
        /// Judge the workspace again.
        case refresh
    }

    /// What stands over the list.
    enum Panel: Hashable, Sendable {
        case details, patch, problems, help
    }

    /// Where a list stands.
    private struct Position: Hashable, Sendable {
        var row = 0
        /// The first row that is shown.
        var top = 0
    }

    private(set) var site: SiteContent
    private(set) var tab = TopTab.teams
    /// Only what is this team's; nil: everybody's.
    private(set) var team: String?
    private(set) var query = ""
    private(set) var isSearching = false
    private(set) var panel: Panel?
    /// The first line of the panel that is shown.
    private(set) var panelTop = 0
    private(set) var list: TopList
    /// Why what is shown is older than it should be, or what is at work.
    package var notice: String?
    private var positions: [TopTab: Position] = [:]

    package init(_ site: SiteContent) {
        self.site = site
        list = TopList(.teams, of: site, team: nil, query: "")
    }

    /// Takes a newer evaluation, and stays where it was.
    package mutating func show(_ site: SiteContent) {
        let subject = selected
        self.site = site
        notice = nil
        if let team, !site.teams.contains(where: { $0.team == team }) { self.team = nil }
        rebuild()
        guard let subject else { return }
        guard let row = list.rows.firstIndex(where: { $0.subject.identity == subject.identity }) else {
            // What it was about is gone, and no other may stand in its place.
            if panel == .details || panel == .patch { panel = nil }
            return
        }
        positions[tab, default: Position()].row = row
    }

    /// The row that keys are about; nil: the list is empty.
    var selected: TopSubject? { list.rows.indices.contains(row) ? list.rows[row].subject : nil }
    var row: Int { min(positions[tab, default: Position()].row, max(0, list.rows.count - 1)) }

    /// The first row that is shown, where so many fit.
    func firstRow(showing count: Int) -> Int {
        let top = min(positions[tab, default: Position()].top, max(0, list.rows.count - count))
        return min(max(top, row - count + 1), row)
    }

    // MARK: Keys

    package mutating func press(_ key: TerminalKey, columns: Int, rows: Int) -> Request? {
        if key == .interrupt { return .quit }
        if isSearching {
            search(key)
        } else if panel != nil {
            return turn(key, columns: columns, rows: rows)
        } else {
            return go(key, page: TopFrame.listRows(rows))
        }
        return nil
    }

    /// Keys of a list.
    private mutating func go(_ key: TerminalKey, page: Int) -> Request? {
        switch key {
        case .up, .character("k"): move(to: row - 1, page)
        case .down, .character("j"): move(to: row + 1, page)
        case .pageUp: move(to: row - page, page)
        case .pageDown, .character(" "): move(to: row + page, page)
        case .home, .character("g"): move(to: 0, page)
        case .end, .character("G"): move(to: list.rows.count - 1, page)
        case .tab, .right, .character("l"): open(tab: tab.rawValue + 1)
        case .backTab, .left, .character("h"): open(tab: tab.rawValue - 1)
        case .character("1"), .character("2"), .character("3"):
            if case .character(let digit) = key, let number = digit.wholeNumberValue { open(tab: number - 1) }
        case .enter: enter()
        case .character("d"): if selected != nil { open(.details) }
        case .character("p"): if selected != nil { open(.patch) }
        case .character("w"): open(.problems)
        case .character("?"): open(.help)
        case .character("/"): isSearching = true
        case .escape, .backspace: back()
        case .character("r"): return .refresh
        case .character("q"): return .quit
        default: break
        }
        return nil
    }

    /// Keys of a panel.
    private mutating func turn(_ key: TerminalKey, columns: Int, rows: Int) -> Request? {
        let page = TopFrame.panelRows(rows)
        let last = max(0, TopFrame(self, columns: columns, rows: rows).panelLines.count - page)
        func turned(_ lines: Int) -> Int { min(max(panelTop + lines, 0), last) }
        switch key {
        case .up, .character("k"): panelTop = turned(-1)
        case .down, .character("j"): panelTop = turned(1)
        case .pageUp: panelTop = turned(-page)
        case .pageDown, .character(" "): panelTop = turned(page)
        case .home, .character("g"): panelTop = 0
        case .end, .character("G"): panelTop = last
        case .character("p"): panel == .patch ? close() : selected == nil ? () : open(.patch)
        case .character("d"): panel == .details ? close() : selected == nil ? () : open(.details)
        case .character("w"): panel == .problems ? close() : open(.problems)
        case .character("?"): panel == .help ? close() : open(.help)
        case .escape, .enter, .backspace, .left, .character("q"): close()
        case .character("r"): return .refresh
        default: break
        }
        return nil
    }

    private mutating func search(_ key: TerminalKey) {
        switch key {
        case .character(let character): query.append(character)
        case .backspace:
            if query.isEmpty { isSearching = false } else { query.removeLast() }
        case .clearLine: query = ""
        case .escape:
            query = ""
            isSearching = false
        case .enter, .tab, .up, .down: isSearching = false
        default: return
        }
        positions[tab] = nil
        rebuild()
    }

    // MARK: What they do

    private mutating func move(to row: Int, _ page: Int) {
        let row = min(max(row, 0), max(0, list.rows.count - 1))
        positions[tab, default: Position()].row = row
        let top = firstRow(showing: page)
        positions[tab]?.top = top
    }

    private mutating func open(tab number: Int) {
        let count = TopTab.allCases.count
        tab = TopTab.allCases[((number % count) + count) % count]
        query = ""
        rebuild()
    }

    private mutating func enter() {
        guard case .team(let card) = selected else { return selected == nil ? () : open(.details) }
        team = card.team
        positions[.findings] = nil
        positions[.savings] = nil
        open(tab: TopTab.findings.rawValue)
    }

    private mutating func open(_ panel: Panel) {
        self.panel = panel
        panelTop = 0
    }

    private mutating func close() { panel = nil }

    /// From what narrows the list most to what does least.
    private mutating func back() {
        if !query.isEmpty { query = "" } else if team != nil { (team, tab) = (nil, .teams) } else { return }
        rebuild()
    }

    private mutating func rebuild() {
        list = TopList(tab, of: site, team: team, query: query)
    }
}
