import CostModel
import ForgeDouble
import Git
import Reporting

/// A day of people.
extension Simulation {
    func live() throws {
        company.remote.time = clock.now.seconds
        for request in host.requests.filter(\.isOpen) { try handle(request) }
        try work()
        try changePolicies()
        try lookBack()
    }

    /// What somebody does with an open request.
    private func handle(_ request: DoubleRequest) throws {
        // Whoever worked on a branch brings it to an end sooner or later.
        let isTheirs = invariants.edits[request.head] != nil
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<(isTheirs ? 40 : 25):
            do {
                try host.merge(request.number, method: ForgeDouble.MergeMethod.allCases.randomElement(using: &random) ?? .merge)
                // A squash or a rebase takes what people wrote along under another name.
                invariants.edits[request.head] = nil
                note("merged")
            } catch {
                // It does not merge any more: somebody else changed the same lines.
                note("conflicts")
            }
        case 40..<(isTheirs ? 60 : 45):
            try host.close(request.number)
            invariants.dismiss(request, at: clock.now)
            note("closed")
        case 60..<64 where !isTheirs:
            invariants.edits[request.head] = try host.pushCommit(on: request.head, file: "notes/\(request.number)", text: "mine\n")
            note("edited")
        case 66..<68 where !isTheirs:
            // The host closes what lost its branch, or leaves it open without.
            try host.deleteBranch(request.head)
            invariants.tidied.insert(request.head)
            note("tidied away")
        case 64..<66 where !isTheirs:
            invariants.edits[request.head] = try host.forcePush(
                request.head, onto: "main", file: "notes/\(request.number)", text: "rewritten\n")
            note("rewritten")
        default: break
        }
    }

    /// What somebody does to the code without looking at requests.
    private func work() throws {
        for _ in 0..<max(1, company.teams.count / 8) {
            let team = company.teams.randomElement(using: &random) ?? company.teams[0]
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<10: try company.fix(team)
            case 10..<40: try company.undo(team)
            case 40..<50:
                try company.addQueue("more-\(events["queues added", default: 0])", to: team)
                note("queues added")
            case 50..<60:
                try company.resize(team, to: MachineSize.allCases.randomElement(using: &random) ?? .doubled)
                note("machines resized")
            default: break
            }
        }
    }

    private func changePolicies() throws {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<2:
            try company.setBroken(true)
            note("policies broken")
        case 2..<6:
            let change = CompanyPolicies.Change.allCases.randomElement(using: &random) ?? .pattern
            try company.change(change, &random)
            note("policies changed")
        case 6..<60: try company.setBroken(false)
        default: break
        }
    }

    /// What was merged is reverted, what was closed is opened again.
    private func lookBack() throws {
        if random.percent(5), let request = host.requests.filter({ $0.mergeCommit != nil }).suffix(20).randomElement(using: &random),
            let commit = request.mergeCommit.flatMap({ ObjectID($0) })
        {
            let metadata = RequestMetadata(parsing: request.body)
            let plan = random.percent(30) ? metadata?.plan : nil
            if try company.revert(commit, plan: plan) {
                note(plan == nil ? "merges reverted" : "merges reverted by plan")
                if plan != nil { invariants.dismiss(request, at: clock.now) }
            }
        }
        if random.percent(5) {
            let heads = Set(host.requests.filter(\.isOpen).map(\.head))
            let branches = try company.remote.branches()
            let closed = host.requests.filter {
                !$0.isOpen && $0.merged == nil && $0.closedBy != host.account && branches[$0.head] != nil && !heads.contains($0.head)
            }
            if let request = closed.suffix(20).randomElement(using: &random) {
                try host.reopen(request.number)
                invariants.reopen(request.number)
                note("opened again")
            }
        }
    }
}
