package import CostModel

/// Carries findings' lives through one more evaluation.
///
/// A finding opens with the second evaluation in a row that sees it and closes with the second that judges it and does not, as of the first
/// of the two. One that was failing and is not judged now is *unseen*, and stays what it was.
/// So each call must be new evidence: a caller leaves out evaluations of inputs that it has already counted. The same moment twice is one
/// evaluation, and a clock that jumped back confirms nothing. What a bill with gaps says of a budget opens nothing: the days that come
/// later may take it back, and nobody mended that.
package enum FindingLives {
    /// For so many days after its fix a finding that comes back keeps the day by which it was due: whoever opens and closes one finding
    /// over and over wins no time. `Timeliness` looks back as far.
    static let memoryDays = 90

    /// - Parameters:
    ///   - lives: all that are known.
    ///   - revision: the commit that was judged; it gets the credit for what is missing first at it.
    ///   - isPartial: something could not be observed: what is missing of the teams that the gap touches may be there.
    ///   - touched: the teams whose findings or money the gap may hold; nil: all.
    ///   - successors: see `LifeMatches`.
    ///   - isFirst: nothing was ever judged before. There is no earlier evaluation to agree with, so that what is seen opens at once.
    ///   - lastDay: of the evaluation before; nil: nobody knows. Clocks that stand still do so from then on.
    /// - Returns: all lives, by identity.
    package static func advance(
        _ lives: [FindingLife], with result: EvaluationResult, policies: PolicySet, at now: Instant, revision: String, isPartial: Bool,
        touched: Set<String>? = nil, isFirst: Bool = false, lastDay: Day? = nil,
        successors: @escaping (ResourceIdentity) -> [ResourceIdentity] = { _ in [] }
    ) -> [FindingLife] {
        let result = result.followingOutside(lives)
        let headers = policies.judging
        let gap = Gap(isPartial: isPartial, touched: touched, teams: policies.teams)
        let resources = Set(result.resources)
        let outside = result.replacedOutside(lives)
        let matches = LifeMatches(
            result.findings, lives, held: result.suppressed, isNew: result.isNew, owners: result.owners,
            present: isPartial ? [] : resources, at: now,
            isBilled: { name in result.isBilled(name) || name.map(outside.contains) ?? false }, successors: successors)
        let sightings = Sightings(result, of: lives, matches, asking: Set(headers.keys))
        let unknown = UnknownResources(lives)
        var advanced = lives
        var taken = Set(lives.map(\.identity))
        var judged: Set<Int> = []
        for index in result.findings.indices where result.findings[index].enforcement.counts {
            let known = matches.life(ofFinding: index)
            guard let finding = result.findings[index].counting(with: known.map { lives[$0] }) else { continue }
            let isGuess = finding.period != nil && gap.holds(finding.team)
            let opening: FindingLife.Opening = isGuess ? .later : isFirst ? .atOnce : .confirmed
            guard let number = known else {
                guard finding.verdict != .error else { continue }
                var life = FindingLife(appearing: finding, at: now, policies.workspace.currency)
                life.claim(in: &taken)
                life.unknownSince = finding.verdict == .unknown ? unknown.since(finding) : nil
                life.see(
                    finding, at: now, life.unknownSince == nil ? opening : .atOnce, within: headers[finding.policy]?.fixWithin)
                advanced.append(life)
                continue
            }
            judged.insert(number)
            advanced[number].follow(finding, taken: &taken)
            let life = advanced[number]
            switch finding.verdict {
            case .pass: continue
            case .error:
                // Nothing is known about it: neither seen nor gone.
                advanced[number].lose(sight: finding.reason ?? finding.message, at: now)
            case .unknown where life.isOpen && life.verdict == .fail:
                // It failed, and that it does not any more is not known.
                advanced[number].lose(sight: finding.reason ?? finding.message, at: now)
                advanced[number].adopt(finding)
                advanced[number].waitUnjudged(headers[finding.policy], at: now, since: lastDay)
            case .fail where isGuess && life.isOpen && life.verdict == .unknown:
                // What nobody knew does not fail because more of it is missing.
                advanced[number].lose(sight: "the bill has gaps", at: now)
            case .fail, .unknown:
                let span = headers[finding.policy]?.fixWithin
                if let span, let ended = advanced[number].handOver(to: finding.team, at: now, within: span, among: lives, taken: &taken) {
                    advanced.append(ended)
                }
                let known = advanced[number].atStake
                advanced[number].see(finding, at: now, opening, within: span, since: lastDay)
                // What took the place of another counts as that did until it is billed itself.
                if result.isUnbilled(finding) { advanced[number].atStake = known }
                // Less money of a bill that lacks some is not less at stake.
                if gap.holds(finding.team), life.isOpen { advanced[number].keepStake(known) }
            }
        }
        for number in matches.merged { advanced[number].end(at: now) }
        for number in lives.indices where !judged.contains(number) && lives[number].hasLeft {
            if let name = lives[number].deployed, outside.contains(name) { advanced[number].returnOutside(at: now) }
        }
        for number in lives.indices where !judged.contains(number) && !matches.merged.contains(number) && lives[number].state != .fixed {
            advanced[number].follow(matches, number, result, among: resources, taken: &taken)
            let sighting = sightings.sighting(ofLife: number)
            guard gap.leaves(sighting, of: lives[number], hasEnded: sightings.hasEnded(number)) else { continue }
            switch sighting {
            case .passes: advanced[number].miss(at: now, revision: headers[lives[number].policy] == nil ? nil : revision)
            case .left:
                advanced[number].miss(at: now, revision: headers[lives[number].policy] == nil ? nil : revision)
                if advanced[number].state == .fixed, !result.resources.isEmpty {
                    advanced[number].unseenReason = FindingLife.leftTheCode
                }
            case .heldBack(let atStake, let pauses):
                let isNew = matches.held(ofLife: number).map { result.isNew(result.suppressed[$0].resource.identity) } ?? false
                advanced[number].holdBack(at: now, atStake: atStake, pauses: pauses && !isNew, since: lastDay)
                if isNew { advanced.divide(number, was: lives[number], result, matches, at: now, taken: &taken) }
            case .pending:
                advanced[number].miss(at: now, revision: revision, isPending: true)
                advanced[number].waitUnjudged(headers[lives[number].policy], at: now, since: lastDay)
            case .notAsked where sightings.hasEnded(number): advanced[number].end(at: now)
            case .notAsked: advanced[number].miss(at: now, revision: nil)
            case .unseen(let reason):
                advanced[number].lose(sight: reason, at: now)
                advanced[number].waitUnjudged(headers[lives[number].policy], at: now, since: lastDay)
            }
        }
        return advanced.sorted { $0.identity < $1.identity }
    }
}

/// What could not be observed.
private struct Gap {
    let isPartial: Bool
    let touched: Set<String>?
    let teams: [Team]

    /// - Parameter team: of a budget; nil: the workspace's, which lacks something where every team may.
    func holds(_ team: String?) -> Bool {
        guard isPartial, let touched else { return isPartial }
        return team.map(touched.contains) ?? teams.allSatisfy { touched.contains($0.name) }
    }

    /// Whether what is said of a finding that is not there holds in spite of the gap: nothing of its team is missing, and it was judged. What
    /// has left the code may stand in what could not be read. The end of a budget's period is told by the calendar.
    func leaves(_ sighting: Sighting, of life: FindingLife, hasEnded: Bool) -> Bool {
        guard isPartial, !hasEnded else { return true }
        guard let touched, let team = life.team, !touched.contains(team) else { return false }
        return switch sighting {
        case .passes, .pending, .heldBack, .notAsked, .unseen: true
        case .left: false
        }
    }
}

extension PolicySet {
    /// The policies that make scores: all but those in shadow.
    var judging: [PolicyReference: PolicyHeader] {
        let pairs = headers.filter(\.enforcement.counts).map { ($0.reference, $0) }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// Whether any policy that makes scores says by when its findings are to be fixed.
    var hasDeadlines: Bool { headers.contains { $0.enforcement.counts && $0.fixWithin != nil } }
}

extension Finding {
    /// The finding as it begins or carries on a life; nil: it passes.
    ///
    /// What runs decides: where the code has what is asked for and what runs does not, it fails until that has followed, also if nobody saw it
    /// fail before. For a life that is open `Sighting.pending` says so.
    fileprivate func counting(with life: FindingLife?) -> Finding? {
        guard verdict == .pass else { return self }
        guard awaitsApply, let atStake, atStake.amount > .zero, life.map({ $0.state == .appearing && $0.opened == nil }) ?? true else {
            return nil
        }
        var finding = self
        finding.verdict = .fail
        finding.message += "; what runs has not followed"
        return finding
    }
}

extension FindingLife {
    fileprivate init(appearing finding: Finding, at now: Instant, _ currency: Currency) {
        self.init(
            id: finding.id, policy: finding.policy, rule: finding.rule, verdict: finding.verdict, severity: finding.severity,
            team: finding.team, resource: finding.resource?.identity.description, subject: finding.subject, message: finding.message,
            state: .appearing, firstSeen: now, lastSeen: now, atStake: finding.atStake ?? .zero(currency),
            deployed: finding.resource?.deployedName, period: finding.period)
    }

    /// When a finding that appears opens.
    fileprivate enum Opening {
        case atOnce
        /// With the second evaluation that sees it.
        case confirmed
        /// Not with this evaluation.
        case later
    }

    /// Seen once more: its day follows when it opens.
    ///
    /// - Parameter lastDay: of the evaluation before.
    fileprivate mutating func see(
        _ finding: Finding, at now: Instant, _ opening: Opening, within span: TimeSpan?, since lastDay: Day? = nil
    ) {
        let elapsed = elapsed(until: now, since: lastDay)
        let opens = see(finding, at: now, opening)
        setDue(within: span, since: opens ? opened ?? now : now, today: now.day, elapsed: elapsed)
    }

    /// Goes where its resource went that was not judged: what is looked for at a place that was left twice is never found again.
    fileprivate mutating func follow(
        _ matches: LifeMatches, _ number: Int, _ result: EvaluationResult, among present: Set<ResourceIdentity>, taken: inout Set<String>
    ) {
        if let finding = matches.finding(ofLife: number).map({ result.findings[$0] }) {
            follow(finding, taken: &taken)
        } else if let held = matches.held(ofLife: number).map({ result.suppressed[$0].resource }) {
            guard held.identity != key.resource || held.deployedName != deployed else { return }
            follow(to: held.identity, deployed: held.deployedName, taken: &taken)
        } else if let place = matches.resource(of: self, among: present), place != key.resource {
            follow(to: place, deployed: nil, taken: &taken)
        }
    }

    /// A guard rail holds its fix back: it counts as if an exemption covered it, until it is judged again.
    ///
    /// - Parameter pauses: whether its clock stands still.
    fileprivate mutating func holdBack(at now: Instant, atStake known: Money?, pauses: Bool, since lastDay: Day?) {
        guard isOpen else { return miss(at: now, revision: nil) }
        let elapsed = elapsed(until: now, since: lastDay)
        state = .open
        missedSince = nil
        fixedBy = nil
        unseenSince = nil
        unseenReason = nil
        lastSeen = now
        isExempt = true
        atStake = known ?? atStake
        if pauses { pause(today: now.day, for: elapsed) }
    }

    /// Is over, and nobody fixed it: its budget's period is, or an older one goes on with what it was about. It needs no second look.
    fileprivate mutating func end(at now: Instant) {
        guard state != .appearing || opened != nil else {
            missedSince = missedSince ?? now
            return
        }
        state = .fixed
        fixed = now
        fixedBy = nil
        missedSince = nil
        unseenSince = nil
        unseenReason = nil
    }

    /// Another team takes over the resource: what was due while it was the first team's stays that team's, and the other one gets the
    /// policy's time once. A finding that changes hands a second time keeps its day.
    ///
    /// - Returns: the first team's life, ended to nobody's credit; nil where nothing changes hands, or not for the first time.
    fileprivate mutating func handOver(
        to other: String?, at now: Instant, within span: TimeSpan, among lives: [FindingLife], taken: inout Set<String>
    ) -> FindingLife? {
        guard isOpen, let day = due, let team, let other, team != other, !lives.contains(where: { isSameQuestion(as: $0) }) else {
            return nil
        }
        var ended = self
        ended.end(at: now)
        ended.claim(in: &taken)
        due = max(day, now.adding(span).day)
        return ended
    }

    /// Whether another life was about the same, before its team handed it over.
    private func isSameQuestion(as other: FindingLife) -> Bool {
        guard other.identity != identity, other.state == .fixed, other.policy == policy, other.subject == subject else { return false }
        return deployed != nil ? other.deployed == deployed : other.resource == resource
    }

    /// - Returns: whether it opened.
    private mutating func see(_ finding: Finding, at now: Instant, _ opening: Opening) -> Bool {
        // What was not known, passed for a few days and is not known again had its time.
        if state == .fixed, let gone = fixed ?? missedSince, gone.adding(SteadyFindings.unknownGracePeriod) <= now { unknownSince = nil }
        // One that was seen once and then missed begins anew. One that was fixed keeps the time of that until it is open again.
        let wasMissed = state == .appearing && opened == nil && missedSince != nil
        let isConfirmed = opening == .confirmed && now > lastSeen && !wasMissed
        let opens = state == .appearing && (opening == .atOnce || isConfirmed)
        if opens { open(at: lastSeen) }
        if state == .fixed {
            state = .appearing
            missedSince = fixed ?? missedSince
            fixed = nil
        } else if state == .disappearing {
            state = .open
        }
        if state == .open || wasMissed {
            missedSince = nil
            fixedBy = nil
        }
        // A clock that was ahead once does not hold up what comes after it, and nothing is seen first after it was seen last.
        lastSeen = now
        firstSeen = wasMissed ? now : min(firstSeen, now)
        unseenSince = nil
        unseenReason = nil
        rule = finding.rule
        verdict = finding.verdict
        message = finding.message
        adopt(finding)
        // Without a bill the last amount that was known stands.
        atStake = finding.atStake ?? atStake
        monthlySavings = finding.monthlySavings
        unknownSince = finding.verdict == .unknown ? min(unknownSince ?? now, now) : nil
        return opens
    }

    fileprivate mutating func keepStake(_ known: Money) {
        if atStake.currency == known.currency, atStake.amount < known.amount { atStake = known }
    }

    /// What holds whether or not it could be judged.
    fileprivate mutating func adopt(_ finding: Finding) {
        severity = finding.severity
        team = finding.team
        isExempt = finding.exemption != nil
    }

    /// It was not judged. Two evaluations that pass it are not in a row with this one between them.
    fileprivate mutating func lose(sight reason: String, at now: Instant) {
        guard isOpen else { return }
        unseenSince = min(unseenSince ?? now, now)
        unseenReason = reason
        state = .open
        missedSince = nil
        fixedBy = nil
    }

    private mutating func open(at first: Instant) {
        if opened != nil {
            reopened += 1
            let fixed = missedSince ?? first
            if first.day > fixed.day.advanced(by: FindingLives.memoryDays) { due = nil }
        }
        state = .open
        opened = first
    }

    /// The day stays what it was when the finding opened, whatever the policy says later. While an exemption covers the finding, or the
    /// policy gives no time, the clock stands still: the day moves on by as many days. A day that has passed stands: it was missed.
    ///
    /// - Parameter elapsed: days since it was seen before.
    fileprivate mutating func setDue(within span: TimeSpan?, since start: Instant, today: Day, elapsed: Int = 0) {
        guard state == .open else { return }
        if isExempt || span == nil {
            pause(today: today, for: elapsed)
        } else if let span, due == nil {
            due = start.adding(span).day
        }
    }

    /// Days for which a clock that stands still now has done so: what was agreed to when it was judged last held since then, anything else
    /// since the evaluation before this one.
    private func elapsed(until now: Instant, since lastDay: Day?) -> Int {
        let known = isExempt ? lastSeen.day : max(lastSeen.day, min(lastDay ?? lastSeen.day, now.day))
        return max(0, known.distance(to: now.day))
    }

    /// Its resource was removed, and made anew outside the code since: it was never fixed.
    fileprivate mutating func returnOutside(at now: Instant) {
        (state, missedSince, fixed, unseenReason) = (.disappearing, fixed ?? now, nil, nil)
        reopened += 1
    }

    /// It was not judged, and its clock runs on unless its policy gives no time at all.
    fileprivate mutating func waitUnjudged(_ policy: PolicyHeader?, at now: Instant, since lastDay: Day?) {
        guard let policy, isOpen else { return }
        guard policy.fixWithin == nil else { return setDue(within: policy.fixWithin, since: now, today: now.day) }
        pause(today: now.day, for: max(0, (lastDay ?? now.day).distance(to: now.day)))
    }

    private mutating func pause(today: Day, for elapsed: Int) {
        // Not yet passed when it was seen before.
        guard let day = due, day.advanced(by: elapsed) >= today else { return }
        due = day.advanced(by: elapsed)
    }

    /// - Parameters:
    ///   - revision: nil: it is gone because nothing asks for it any more.
    ///   - isPending: what runs has not followed the code yet: it waits for that.
    fileprivate mutating func miss(at now: Instant, revision: String?, isPending: Bool = false) {
        unseenSince = nil
        unseenReason = nil
        switch state {
        case .fixed: break
        case .appearing where opened == nil:
            missedSince = missedSince ?? now
        case .appearing where isPending: break
        case .appearing:
            // Once seen again, once missed: it was fixed all the time.
            state = .fixed
            fixed = missedSince ?? now
        case .open:
            state = .disappearing
            missedSince = now
            fixedBy = revision
        case .disappearing:
            guard let first = missedSince, now > first else {
                missedSince = min(missedSince ?? now, now)
                return
            }
            guard !isPending else { return }
            state = .fixed
            fixed = first
            if revision == nil { fixedBy = nil }
        }
    }
}
