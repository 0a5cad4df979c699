/// What a change does: the head's evaluation against the base's, on the same observations at the same time.
package struct Comparison: Hashable, Sendable {
    /// How one finding fares. A question that passes on both sides, or is not asked, is no change.
    package enum Change: String, Hashable, Sendable, CaseIterable {
        /// Fails or is unknown in the head, and did not in the base.
        case new
        /// Failed or was unknown in the base, and its root is not there any more in the head: nobody judged it. That is no fix, as long as
        /// something of the root may be deployed.
        case gone
        /// Failed or was unknown in the base, and does not in the head.
        case fixed
        /// Open on both sides, but something of it differs: its severity, money, proposal, exemption.
        case changed
        case unchanged
    }

    package struct FindingChange: Hashable, Sendable {
        package var change: Change
        /// Nil: not open in the base.
        package var before: Finding?
        /// Nil: not open in the head.
        package var after: Finding?
        /// The changes of policies without which it would not be so, sorted; empty: the infrastructure's code did it.
        package var causes: [PolicyReference]
        /// What differs, for people: `severity low → high`; of one that is gone, why it counts still.
        package var details: [String]

        package init(change: Change, before: Finding?, after: Finding?, causes: [PolicyReference] = [], details: [String] = []) {
            self.change = change
            self.before = before
            self.after = after
            self.causes = causes
            self.details = details
        }

        /// The finding as it is, or as it was.
        package var finding: Finding { after ?? before! }
    }

    /// What became of one object of the policies.
    package struct PolicyChange: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable { case added, removed, changed }

        /// One key that says something else.
        package struct Field: Hashable, Sendable {
            /// `amount`, `require.team.values`
            package var path: String
            /// As people read it; nil: it was not said.
            package var before: String?
            package var after: String?
            /// Where it is written in the head; else in the base.
            package var place: Place

            package init(path: String, before: String?, after: String?, place: Place) {
                self.path = path
                self.before = before
                self.after = after
                self.place = place
            }
        }

        package var policy: PolicyReference
        package var kind: Kind
        /// In the head; of a removed one in the base.
        package var place: Place
        package var fields: [Field]

        package init(policy: PolicyReference, kind: Kind, place: Place, fields: [Field] = []) {
            self.policy = policy
            self.kind = kind
            self.place = place
            self.fields = fields
        }
    }

    /// What a change does to a team.
    package struct TeamChange: Hashable, Sendable {
        /// Nil: what belongs to nobody.
        package var team: String?
        /// Nil: unscored, or the team is not there.
        package var scoreBefore: Points?
        package var scoreAfter: Points?
        /// Of open findings without exemption, in a month. Nil, as the savings are: there is no bill.
        package var atStakeBefore: Money?
        package var atStakeAfter: Money?
        package var savingsBefore: Money?
        package var savingsAfter: Money?
        package var new: Int
        package var fixed: Int
        package var changed: Int

        package init(
            team: String?, scoreBefore: Points?, scoreAfter: Points?, atStakeBefore: Money?, atStakeAfter: Money?, savingsBefore: Money?,
            savingsAfter: Money?, new: Int, fixed: Int, changed: Int
        ) {
            self.team = team
            self.scoreBefore = scoreBefore
            self.scoreAfter = scoreAfter
            self.atStakeBefore = atStakeBefore
            self.atStakeAfter = atStakeAfter
            self.savingsBefore = savingsBefore
            self.savingsAfter = savingsAfter
            self.new = new
            self.fixed = fixed
            self.changed = changed
        }

        /// Whether anything that a reader would act on differs.
        package var isTouched: Bool {
            new + fixed + changed > 0 || scoreBefore != scoreAfter || atStakeBefore != atStakeAfter || savingsBefore != savingsAfter
        }
    }

    /// An exemption, a baseline entry or a setting that the change brings along and that does not count yet: nobody exempts themselves.
    package struct Pending: Hashable, Sendable {
        /// `Exemption legacy-ledger`, `scoring`
        package var what: String
        package var place: Place
        /// What it would do: `would cover 3 findings`
        package var effect: String

        package init(what: String, place: Place, effect: String) {
            self.what = what
            self.place = place
            self.effect = effect
        }
    }

    /// What the change of policies and of settings of scores does to scores by itself, which wait for it.
    package struct Rollout: Hashable, Sendable {
        package struct Move: Hashable, Sendable {
            package var team: String
            /// Nil: unscored.
            package var before: Points?
            package var after: Points?

            package init(team: String, before: Points?, after: Points?) {
                self.team = team
                self.before = before
                self.after = after
            }
        }

        /// For so many days after it is merged scorecards show it beside the scores that count.
        package var days: Int
        /// The policies that change, and the workspace where its settings of scores do, sorted.
        package var policies: [PolicyReference]
        /// The teams whose score it moves, the largest move first.
        package var teams: [Move]

        package init(days: Int, policies: [PolicyReference], teams: [Move]) {
            self.days = days
            self.policies = policies
            self.teams = teams
        }
    }

    /// The commit it is compared with: the merge base.
    package var base: String
    /// What was asked for: `origin/main`.
    package var baseName: String
    /// In the order in which findings are shown; new ones first, then those that are gone, changed, fixed, unchanged.
    package var findings: [FindingChange]
    package var policies: [PolicyChange]
    /// Touched or not, by name; what belongs to nobody last.
    package var teams: [TeamChange]
    package var pending: [Pending]
    /// Nil: nothing changes by which scores are made, or there is nothing to compare with.
    package var rollout: Rollout?

    package init(
        base: String, baseName: String, findings: [FindingChange], policies: [PolicyChange], teams: [TeamChange], pending: [Pending]
    ) {
        self.base = base
        self.baseName = baseName
        self.findings = findings
        self.policies = policies
        self.teams = teams
        self.pending = pending
    }

    package func count(_ change: Change) -> Int { findings.count { $0.change == change } }

    /// Whether the change does nothing that a reader must know.
    package var isEmpty: Bool {
        findings.allSatisfy { $0.change == .unchanged } && policies.isEmpty && pending.isEmpty && !teams.contains(where: \.isTouched)
    }
}
