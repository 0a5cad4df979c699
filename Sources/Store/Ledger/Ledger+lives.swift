package import CostModel

extension Ledger {
    /// Sorted by identity.
    package func lives() throws(LedgerError) -> [FindingLife] {
        try database.records()
    }

    /// - Parameter name: an identity, or a short id. Several may have had that one, such as a budget's in each of its periods: of these it is
    ///   the one that is not fixed, else the last that was seen.
    package func life(_ name: String) throws(LedgerError) -> FindingLife? {
        try database.records(
            FindingLife.self, "WHERE identity = ?1 OR id = ?1 ORDER BY identity = ?1 DESC, state = 'fixed', last_seen DESC, identity",
            [name]
        ).first
    }

    private func life(identity: String) throws(LedgerError) -> FindingLife? {
        try database.records(FindingLife.self, "WHERE identity = ?", [identity]).first
    }

    /// A finding whose resource was deployed, or moved, since goes on under its new identity.
    private func rename(_ life: FindingLife) throws(LedgerError) -> FindingLife {
        guard let former = life.formerIdentity else { return life }
        try database.run("UPDATE lives SET identity = ? WHERE identity = ?", [life.identity, former])
        try database.run("UPDATE life_events SET finding = ? WHERE finding = ?", [life.identity, former])
        var life = life
        life.formerIdentity = nil
        return life
    }

    /// Keeps them as they are now, and as events what has happened to them since they were last put.
    ///
    /// - Returns: the events that are new, in the order of the lives.
    @discardableResult
    package func put(_ lives: [FindingLife]) throws(LedgerError) -> [FindingChange] {
        try transaction { () throws(LedgerError) in
            var changes: [FindingChange] = []
            for life in lives {
                let life = try rename(life)
                let earlier = try self.life(identity: life.identity)
                guard life != earlier else { continue }
                let events = life.events(since: earlier)
                // What was seen once more and missed again was fixed all the time: that is told already.
                let told = events.isEmpty ? [] : try self.events(of: life.identity)
                for event in events where !told.contains(where: { $0.kind == event.kind && $0.time == event.time }) {
                    try database.insert(event)
                    changes.append(FindingChange(event: event, life: life))
                }
                try database.upsert(life)
            }
            return changes
        }
    }

    /// What happened to a finding, oldest first.
    package func events(of identity: String) throws(LedgerError) -> [LifeEvent] {
        try database.records(LifeEvent.self, "WHERE finding = ? ORDER BY sequence", [identity])
    }

    package func exemptionUses() throws(LedgerError) -> [ExemptionUse] {
        try database.records()
    }

    /// Each is the first of its exemption and finding, or moves the last use of an earlier one.
    package func put(_ uses: [ExemptionUse]) throws(LedgerError) {
        try transaction { () throws(LedgerError) in
            for use in uses {
                try database.run(
                    ExemptionUse.table.insert + """
                         ON CONFLICT (exemption, identity) DO UPDATE SET finding = excluded.finding, first_used = min(first_used, excluded.first_used),
                        last_used = max(last_used, excluded.last_used), expires = excluded.expires
                        """, use.values)
            }
        }
    }
}

extension FindingLife {
    /// What happened between an earlier state (nil: it was not known) and this one, in its order.
    fileprivate func events(since earlier: FindingLife?) -> [LifeEvent] {
        var events: [LifeEvent] = []
        let isBack = reopened > (earlier?.reopened ?? 0)
        if let opened, isBack || earlier?.opened == nil {
            events.append(LifeEvent(finding: identity, time: opened, kind: isBack ? .reopened : .opened))
        }
        if state == .fixed, isBack || earlier?.state != .fixed {
            events.append(LifeEvent(finding: identity, time: fixed ?? lastSeen, kind: .fixed, commit: fixedBy))
        }
        return events
    }
}
