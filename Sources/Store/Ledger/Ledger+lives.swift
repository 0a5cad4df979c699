package import CostModel

extension Ledger {
    /// Sorted by id.
    package func lives() throws(LedgerError) -> [FindingLife] {
        try database.records()
    }

    package func life(_ id: String) throws(LedgerError) -> FindingLife? {
        try database.records(FindingLife.self, "WHERE id = ?", [id]).first
    }

    /// Keeps them as they are now, and as events what has happened to them since they were last put.
    ///
    /// - Returns: the events that are new, in the order of the lives.
    @discardableResult
    package func put(_ lives: [FindingLife]) throws(LedgerError) -> [FindingChange] {
        try transaction { () throws(LedgerError) in
            var changes: [FindingChange] = []
            for life in lives {
                let earlier = try self.life(life.id)
                guard life != earlier else { continue }
                let events = life.events(since: earlier)
                // What was seen once more and missed again was fixed all the time: that is told already.
                let told = events.isEmpty ? [] : try self.events(of: life.id)
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
    package func events(of id: String) throws(LedgerError) -> [LifeEvent] {
        try database.records(LifeEvent.self, "WHERE finding = ? ORDER BY sequence", [id])
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
                         ON CONFLICT (exemption, finding) DO UPDATE SET first_used = min(first_used, excluded.first_used),
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
            events.append(LifeEvent(finding: id, time: opened, kind: isBack ? .reopened : .opened))
        }
        if state == .fixed, isBack || earlier?.state != .fixed {
            events.append(LifeEvent(finding: id, time: fixed ?? lastSeen, kind: .fixed, commit: fixedBy))
        }
        return events
    }
}
