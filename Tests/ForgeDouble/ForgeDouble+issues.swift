internal import CostModel
internal import Forge
internal import JSON
internal import Synchronization

/// Issues: what tests see of them, and what people do with them.
extension ForgeDouble {
    package var issues: [DoubleIssue] { state.withLock { $0.issues } }

    /// Somebody opens one by the host's page.
    @discardableResult
    package func openIssue(title: String, body: String, by login: String) -> Int {
        state.withLock { state in addIssue(title: title, body: body, by: login, &state).number }
    }

    /// Changes its text by hand.
    package func editIssue(_ number: Int, by login: String, _ change: (String) -> String) throws {
        try actOnIssue(number) { issue, id in
            issue.body = change(issue.body)
            issue.edits.append(.init(id: id, login: login, time: clock()))
        }
    }

    /// Ticks the first open box whose line holds some words.
    package func tick(_ number: Int, _ words: String, by login: String) throws {
        try actOnIssue(number) { issue, id in
            var lines = issue.body.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            guard let place = lines.firstIndex(where: { $0.contains("- [ ] ") && $0.contains(words) }) else {
                throw ActError(description: "#\(number) has no open box of '\(words)':\n\(issue.body)")
            }
            lines[place] = lines[place].replacing("- [ ] ", with: "- [x] ", maxReplacements: 1)
            // Browsers send these line ends.
            issue.body = lines.joined(separator: kind == .github ? "\r\n" : "\n")
            issue.edits.append(.init(id: id, login: login, time: clock(), box: words))
        }
    }

    package func closeIssue(_ number: Int, by login: String = "ada") throws {
        try actOnIssue(number) { issue, _ in
            issue.isOpen = false
            issue.closed = clock()
            issue.closedBy = login
        }
    }

    package func reopenIssue(_ number: Int) throws {
        try actOnIssue(number) { issue, _ in
            issue.isOpen = true
            issue.closed = nil
            issue.closedBy = nil
        }
    }

    package func deleteIssue(_ number: Int) { state.withLock { $0.issues.removeAll { $0.number == number } } }

    /// Who may read and not write; everybody else that is known may write.
    package func restrict(_ logins: [String]) { state.withLock { $0.readers = logins } }

    /// Whether it tells of edits: some are set up so that they do not.
    package func hideEdits(_ isHidden: Bool) { state.withLock { $0.hidesEdits = isHidden } }

    private func actOnIssue(_ number: Int, _ body: (inout DoubleIssue, _ id: Int) throws -> Void) throws {
        let outcome: Swift.Result<Void, any Error> = state.withLock { state in
            Swift.Result {
                guard let index = state.issueIndex(of: number) else { throw ActError(description: "there is no issue #\(number)") }
                let id = state.newID()
                try body(&state.issues[index], id)
                state.issues[index].updated = clock()
            }
        }
        try outcome.get()
    }

    // MARK: What the APIs do alike

    func addIssue(title: String, body: String, by login: String, _ state: inout DoubleState) -> DoubleIssue {
        // On most hosts issues and requests are counted together.
        let taken = kind == .gitlab ? [] : state.requests.map(\.number)
        let number = ((state.issues.map(\.number) + taken).max() ?? 0) + 1
        let issue = DoubleIssue(number: number, title: title, body: body, author: login, created: clock(), updated: clock())
        state.issues.append(issue)
        return issue
    }

    func setText(_ body: String, _ state: inout DoubleState, _ index: Int) {
        guard state.issues[index].body != body else { return }
        state.issues[index].body = body
        state.issues[index].edits.append(.init(id: state.newID(), login: account, time: clock()))
        state.issues[index].updated = clock()
    }

    func setIssue(open isOpen: Bool, _ state: inout DoubleState, _ index: Int) {
        guard state.issues[index].isOpen != isOpen else { return }
        state.issues[index].isOpen = isOpen
        state.issues[index].closed = isOpen ? nil : clock()
        state.issues[index].closedBy = isOpen ? nil : account
        state.issues[index].updated = clock()
    }

    func mayWrite(_ login: String, _ state: DoubleState) -> Bool {
        login == account || (state.users.contains(login) && !state.readers.contains(login))
    }
}
