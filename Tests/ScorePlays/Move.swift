import CostModel
import Patterns

/// Something that a team may do for points without mending anything, told day by day.
package struct Move: Sendable {
    package let name: String
    /// What it does on a day, counted from its first; told whose team plays.
    package let step: @Sendable (inout PlayedEstate, String, Int) -> Void
    /// Until which of its days a clock stands still for a reason that somebody agreed to: what is in time by then is so by right.
    package let grace: Int
    /// What of it somebody has a right to, which the days that it is held against have, too: what was agreed to and shown for long enough, and
    /// what the same money buys that is in order. Nil: nothing.
    package let byRight: (@Sendable (inout PlayedEstate, String, Int) -> Void)?
    /// Whether it mends in the end what it broke itself, which is a first fix, and no more than that.
    package let mends: Bool

    package init(
        _ name: String, grace: Int = 0, byRight: (@Sendable (inout PlayedEstate, String, Int) -> Void)? = nil, mends: Bool = false,
        _ step: @escaping @Sendable (inout PlayedEstate, String, Int) -> Void
    ) {
        self.name = name
        self.grace = grace
        self.byRight = byRight
        self.mends = mends
        self.step = step
    }

    /// What is done to each machine of the team with something to mend.
    static func bad(
        _ name: String, grace: Int = 0, mends: Bool = false, _ change: @escaping @Sendable (inout PlayedEstate, Int, Int) -> Void
    ) -> Move {
        Move(name, grace: grace, mends: mends) { estate, team, day in
            for number in estate.running(of: team)
            where estate.lacksTag(estate.machines[number]) || estate.isOversized(estate.machines[number]) {
                change(&estate, number, day)
            }
        }
    }

    /// What is done once.
    ///
    /// - Parameter isAgreed: whether everybody was shown what it does for long enough, and agreed.
    static func once(
        _ name: String, isAgreed: Bool = false, _ change: @escaping @Sendable (inout PlayedEstate, String) -> Void
    ) -> Move {
        let step: @Sendable (inout PlayedEstate, String, Int) -> Void = { estate, team, day in if day == 0 { change(&estate, team) } }
        return Move(name, byRight: isAgreed ? step : nil, step)
    }

    package static let all: [Move] = identities + successors + code + clocks + policies + money + evidence
}

extension PlayedEstate {
    /// Destroys a machine and makes the same again.
    mutating func recreate(_ number: Int, address: String, after gap: Int = 0) {
        var next = machines[number]
        machines[number].until = today
        next.address = address
        next.id = "i-\(address)-\(today)"
        next.since = today.advanced(by: gap)
        next.rates = [(next.since, machines[number].cents(on: today.advanced(by: -1)))]
        machines.append(next)
    }
}

// MARK: Another name for the same

extension Move {
    static let identities: [Move] =
        [1, 2, 5, 8, 13].map { period in
            Move.bad(
                "rename in the code every \(period) days",
                { estate, number, day in
                    guard day % period == 0 else { return }
                    estate.machines[number].address = "aws_instance.\(estate.machines[number].id)x\(day)n\(number)"
                })
        }
        + [1, 5, 8].map { period in
            Move.bad(
                "rename with 'moved' every \(period) days",
                { estate, number, day in
                    guard day % period == 0 else { return }
                    let old = estate.machines[number]
                    estate.machines[number].address = "aws_instance.\(old.id)m\(day)n\(number)"
                    estate.moves[ResourceIdentity(root: old.root, address: old.address)] = ResourceIdentity(
                        root: old.root, address: estate.machines[number].address)
                })
        }
        + [1, 8].map { period in
            Move.bad(
                "move the root every \(period) days",
                { estate, number, day in
                    guard day % period == 0 else { return }
                    estate.machines[number].root = String(estate.machines[number].root.prefix { $0 != "/" }) + "/root\(day)"
                })
        }
        + [1, 2, 5, 13].map { period in
            Move.bad(
                "make it anew at its address every \(period) days",
                { estate, number, day in
                    guard day % period == 0, estate.machines[number].since < estate.today else { return }
                    estate.recreate(number, address: estate.machines[number].address)
                })
        }
        + [1, 2, 5, 13].map { period in
            Move.bad(
                "make it anew under another name every \(period) days",
                { estate, number, day in
                    guard day % period == 0, estate.machines[number].since < estate.today else { return }
                    estate.recreate(number, address: "aws_instance.n\(number)d\(day)")
                })
        }
        + [
            Move.bad(
                "declare it a second time",
                { estate, number, day in
                    guard day == 0 else { return }
                    var twin = estate.machines[number]
                    twin.address += "_twin"
                    twin.rates = []
                    estate.machines.append(twin)
                })
        ]
}

// MARK: Code without what runs

extension Move {
    private static let complete = ["environment": "prod", "cost-center": "CC-1000"]

    /// A fix that waits to be applied holds the clock for a week.
    static let applying = 8

    static let code: [Move] = [
        Move.bad(
            "remove from the code what is still billed", grace: applying,
            { estate, number, day in estate.machines[number].isInCode = false }),
        Move.bad(
            "remove it from the code every other week", grace: applying,
            { estate, number, day in
                estate.machines[number].isInCode = day / 7 % 2 == 1
            }),
        Move.bad(
            "tags in the code only", grace: applying,
            { estate, number, day in
                estate.machines[number].codeTags = estate.machines[number].tags.merging(complete) { old, _ in old }
            }),
        Move.bad(
            "tags under ignore_changes", grace: applying,
            { estate, number, day in
                estate.machines[number].ignoresTags = true
                estate.machines[number].codeTags = estate.machines[number].tags.merging(complete) { old, _ in old }
            }),
        Move.bad(
            "a smaller size in the code only", grace: applying,
            { estate, number, day in
                if estate.isOversized(estate.machines[number]) { estate.machines[number].codeSize = "m5.large" }
            }),
        Move.bad(
            "another team's tag in the code only",
            { estate, number, day in
                guard let other = estate.teams.first(where: { $0 != estate.owner(of: estate.machines[number]) }) else { return }
                estate.machines[number].codeTags = estate.machines[number].tags.merging(["team": other]) { $1 }
            }),
        Move.bad(
            "another team's tag in the code every other day",
            { estate, number, day in
                guard let other = estate.teams.last(where: { $0 != estate.owner(of: estate.machines[number]) }) else { return }
                estate.machines[number].codeTags = day % 2 == 0 ? estate.machines[number].tags.merging(["team": other]) { $1 } : nil
            }),
        Move.bad("tags that nobody can know", { estate, number, day in estate.machines[number].openReason = "from a file" }),
        Move.bad(
            "unknown for 7 days, failing for 1",
            { estate, number, day in
                estate.machines[number].openReason = day % 8 < 7 ? "from a file" : nil
            }),
        Move.bad(
            "unknown every other day",
            { estate, number, day in
                estate.machines[number].openReason = day % 2 == 0 ? "from a file" : nil
            }),
    ]
}

// MARK: Clocks

extension Move {
    static let clocks: [Move] =
        [(2, 9), (1, 3), (1, 14), (3, 14)].map { days, period in
            Move.bad(
                "exempt \(days) days in \(period)", grace: 16 * period / (period - days),
                { estate, number, day in
                    estate.machines[number].isExempt = day % period < days
                })
        }
        + [
            Move.bad("exempt once it is late", { estate, number, day in estate.machines[number].isExempt = day > 20 }),
            Move("give no time for a day, every two weeks") { estate, _, day in
                estate.fixWithin = day % 15 == 0 ? nil : .days(14)
            },
            Move.once("give no time at all", { estate, _ in estate.fixWithin = nil }),
            Move.once("give a year", { estate, _ in estate.fixWithin = .days(365) }),
            Move("freeze the weeks that were bad") { estate, _, day in
                if day == 40 { estate.freeze = [PlayedEstate.start...estate.today] }
            },
            Move("freeze this week once something is late") { estate, _, day in
                if day % 7 == 4 { estate.freeze = [estate.today.advanced(by: -2)...estate.today.advanced(by: 2)] }
            },
        ]
}

// MARK: Settings and controls

extension Move {
    private static func header(_ kind: PolicyKind, _ name: String, _ severity: Severity, level: Int = 1) -> PolicyHeader {
        PolicyHeader(
            reference: PolicyReference(kind, name), place: Place(file: "x.yaml", line: 1), severity: severity, level: level,
            fixWithin: .days(14))
    }

    private static func rule(_ name: String, _ assertion: String, paths: String? = nil) -> Rule {
        let place = Place(file: "x.yaml", line: 1)
        return Rule(
            header: header(.rule, name, .critical, level: 3),
            match: ResourceMatch(paths: paths.flatMap { try? PathGlob($0) }.map { [$0] }), assertion: Condition(assertion, at: place),
            message: [.text("x")])
    }

    static let policies: [Move] = [
        Move.once("materiality of a million", isAgreed: true, { estate, _ in estate.materiality = 1_000_000 }),
        Move.once(
            "thirty budgets that nobody reaches",
            { estate, team in
                for number in 0..<30 { estate.budgets["easy\(number)"] = (team, 900_000, FixedDecimal(10), .high) }
            }),
        Move.once(
            "ten budgets at twice the spend",
            { estate, team in
                let month = estate.running(of: team).reduce(0) { $0 + estate.machines[$1].cents(on: estate.today) } * 30 / 100
                for number in 0..<10 { estate.budgets["wide\(number)"] = (team, month * 2, FixedDecimal(1), .critical) }
            }),
        Move.once(
            "an alert at a thousand per cent of one's own budget",
            { estate, team in
                estate.budgets["\(team)-far"] = (team, estate.budgets["\(team)-monthly"]?.dollars ?? 1_000, FixedDecimal(10), .critical)
            }),
        Move.once(
            "rules that hold of everything",
            { estate, _ in
                for number in 0..<8 { estate.rules.append(rule("true\(number)", "true")) }
            }),
        Move.once(
            "critical rules of one's own",
            { estate, team in
                for number in 0..<8 { estate.rules.append(rule("own\(number)", "resource.type != ''", paths: "\(team)/**")) }
            }),
        Move.once(
            "seven tag keys that all have",
            { estate, _ in
                for number in 0..<7 {
                    estate.keys.append("k\(number)")
                    for index in estate.machines.indices { estate.machines[index].tags["k\(number)"] = "x" }
                }
            }),
        Move.once(
            "tagging policies of one's own",
            { estate, team in
                guard let path = try? PathGlob("\(team)/**") else { return }
                for number in 0..<5 {
                    estate.extraTagging.append(
                        TaggingPolicy(
                            header: header(.tagging, "own\(number)", .critical), match: ResourceMatch(paths: [path]),
                            requires: [RequiredTag(key: "team", place: Place(file: "x.yaml", line: 1))]))
                }
            }),
        Move.once(
            "a parent team of one's own",
            { estate, team in
                if !estate.teams.contains("own") { estate.teams.append("own") }
                estate.parents[team] = "own"
            }),
        Move.once("a least saving of a million", { estate, _ in estate.minimumSavings = 1_000_000 }),
    ]
}
