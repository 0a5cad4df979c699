/// What a finding counts as. Each finding counts as exactly one of these, in every report, score, plan, ledger, metric and status.
package enum FindingStatus: Hashable, Sendable, CaseIterable {
    case pass
    /// Fails, and no exemption covers it. Entries of the baseline are failing too: they count and are fixed by plans.
    case failing
    case unknown
    /// Could not be judged.
    case error
    /// Does not pass, and an exemption covers it.
    case exempt
    /// Does not pass, but its policy is in shadow: it is shown as what would be, and never counts.
    case shadow
}

// The questions that are asked about findings. Each is answered here and nowhere else: what prints, counts, scores, plans, signals a status
// or fails a build asks one of these, so that no two of them can disagree.
extension Finding {
    package var status: FindingStatus {
        if verdict == .pass { return .pass }
        if !enforcement.counts { return .shadow }
        if exemption != nil { return .exempt }
        return switch verdict {
        case .pass: .pass
        case .fail: .failing
        case .unknown: .unknown
        case .error: .error
        }
    }

    /// Whether it counts as failing: it fails, no exemption covers it, and its policy is not in shadow. What is counted, put at stake,
    /// recorded in a baseline and planned for. The baseline changes none of that.
    package var isFailing: Bool { status == .failing }

    /// Whether it is open: failing, and not in the baseline. What somebody is asked to look at.
    package var isOpen: Bool { isFailing && !baseline }

    /// Whether it needs an answer, now or once it can be judged: a request for its fix stays open as long as this holds.
    package var isPresent: Bool {
        switch status {
        case .failing, .unknown, .error: true
        case .pass, .exempt, .shadow: false
        }
    }

    /// Whether a check may end by it: it is open, or could not be judged, which is no pass either.
    ///
    /// - Parameter isStrict: an unknown result counts like a failing one; a new one of a policy that says `blockUnknown` always does.
    package func mayFailCheck(isStrict: Bool = false) -> Bool {
        switch status {
        case .failing, .error: !baseline
        case .unknown: (isStrict || isNewUnknown) && !baseline
        case .pass, .exempt, .shadow: false
        }
    }

    /// Whether it ends a check with 1 and makes a commit's status a failure, unless a threshold says otherwise.
    package var blocks: Bool { blocks(isStrict: false) }
    package func blocks(isStrict: Bool) -> Bool { enforcement == .block && mayFailCheck(isStrict: isStrict) }

    /// Whether it would be failing if its policy were not in shadow.
    package var wouldFail: Bool { status == .shadow && verdict == .fail && exemption == nil }

    /// Whether it is listed though it does not count: everything that does not pass, except what an exemption covers.
    package var isRaised: Bool { verdict != .pass && exemption == nil }

    // MARK: Scores

    /// Whether it weighs on a score: it fails, and its policy is not in shadow. An exempt finding weighs less, see scoring.md, but weighs.
    package var weighs: Bool { verdict == .fail && enforcement.counts }

    /// Whether the ledger follows it from its opening to its fix: it weighs, or will if it stays unknown for too long.
    package var hasLife: Bool { (verdict == .fail || verdict == .unknown) && enforcement.counts }
}

/// How many findings count as what. Whoever needs a number of findings takes it from here.
package struct FindingCounts: Hashable, Sendable {
    package private(set) var pass = 0
    /// Failing ones by severity, without zeros.
    package private(set) var failing: [Severity: Int] = [:]
    package private(set) var unknown = 0
    package private(set) var error = 0
    package private(set) var exempt = 0
    /// Those of policies in shadow that do not pass; they are among no other count.
    package private(set) var shadow = 0
    /// Failing ones that the baseline holds.
    package private(set) var baseline = 0
    /// Open ones of policies that block.
    package private(set) var blocking = 0

    package init() {}

    package init(_ findings: [Finding]) {
        // By index: findings are large, there may be hundreds of thousands, and copying each is work.
        for index in findings.indices { add(findings[index]) }
    }

    /// All failing ones.
    package var fail: Int { failing.values.reduce(0, +) }

    private mutating func add(_ finding: borrowing Finding) {
        switch finding.status {
        case .pass: pass += 1
        case .failing:
            failing[finding.severity, default: 0] += 1
            if finding.baseline { baseline += 1 }
            if finding.blocks { blocking += 1 }
        case .unknown: unknown += 1
        case .error: error += 1
        case .exempt: exempt += 1
        case .shadow: shadow += 1
        }
    }
}
