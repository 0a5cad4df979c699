import CostModel

// MARK: Money

extension Move {
    static func pad(_ estate: inout PlayedEstate, _ team: String, _ day: Int, cents: Int) {
        estate.machines.append(
            PlayedEstate.Machine(
                address: "aws_instance.pad\(day)", root: "\(team)/prod", id: "i-\(team)pad\(day)", size: "m5.large", isBusy: true,
                tags: ["team": team, "environment": "prod", "cost-center": "CC-1"], since: estate.today, rates: [(estate.today, cents)]))
    }

    /// What a larger size of a team's first machine costs more, for something that is in order, for some days.
    private static func beside(_ estate: inout PlayedEstate, _ team: String, from begins: Bool, to ends: Bool) {
        if begins, let number = estate.running(of: team).first(where: { estate.machines[$0].size != "m5.4xlarge" }) {
            pad(&estate, team, 8_000_000 + Int(estate.today.number), cents: estate.machines[number].cents(on: estate.today))
        }
        if ends, let number = estate.running(of: team).first(where: { estate.machines[$0].address.hasPrefix("aws_instance.pad8") }) {
            estate.machines[number].until = estate.today
        }
    }

    private static func change(_ estate: PlayedEstate, _ number: Int, saves cents: Int, findings: [String]) -> MergedChange {
        let machine = estate.machines[number]
        let money = Money(FixedDecimal(cents * 365).scaled(by: 1, over: 1_200), .usd)
        return MergedChange(
            plan: "plan-\(estate.today)",
            change: PlanRecord.Change(
                id: "c-\(machine.id)-\(estate.today)", title: "", file: "main.tf", team: estate.owner(of: machine), findings: findings,
                resources: [
                    ChangedResource(root: machine.root, address: machine.address, type: "aws_instance", billedAs: [machine.id])
                ], monthlySavings: money), commit: "m\(estate.today)", merged: estate.now)
    }

    /// Makes a machine smaller, by a merged plan.
    package static func downsize(_ estate: inout PlayedEstate, _ number: Int) {
        guard let place = PlayedEstate.prices.firstIndex(where: { $0.0 == estate.machines[number].size }), place > 0 else { return }
        let before = estate.machines[number].cents(on: estate.today)
        estate.machines[number].size = PlayedEstate.prices[place - 1].0
        estate.machines[number].rates.append((estate.today, before / 2))
        estate.merged.append(change(estate, number, saves: before - before / 2, findings: []))
    }

    static let money: [Move] =
        [5, 18, 31, 45].map { wait in
            Move(
                "size up, and merge the smaller size after \(wait) days",
                byRight: { estate, team, day in
                    let round = day % (wait + 10)
                    beside(&estate, team, from: round == 2, to: round == 2 + wait)
                }, mends: true
            ) { estate, team, day in
                guard let number = estate.running(of: team).first(where: { estate.machines[$0].size != "m5.4xlarge" }) else { return }
                let round = day % (wait + 10)
                if round == 2, let place = PlayedEstate.prices.firstIndex(where: { $0.0 == estate.machines[number].size }) {
                    estate.machines[number].size = PlayedEstate.prices[place + 1].0
                    estate.machines[number].rates.append((estate.today, estate.machines[number].cents(on: estate.today) * 2))
                    estate.machines[number].address += "_up"
                }
                if let big = estate.running(of: team).first(where: { estate.machines[$0].address.hasSuffix("_up") }), round == 2 + wait {
                    downsize(&estate, big)
                    estate.machines[big].address = String(estate.machines[big].address.dropLast(3))
                }
            }
        }
        + [
            // The last one is a plan's.
            Move(
                "size up and down by hand, and merge the smaller size at last",
                byRight: { estate, team, day in
                    let (turn, round) = (day / 28, day % 28)
                    beside(&estate, team, from: round == 2 && turn < 3, to: round == 20)
                }, mends: true
            ) { estate, team, day in
                guard let number = estate.running(of: team).first(where: { estate.machines[$0].size != "m5.4xlarge" }) else { return }
                let (turn, round) = (day / 28, day % 28)
                if round == 2, turn < 3, let place = PlayedEstate.prices.firstIndex(where: { $0.0 == estate.machines[number].size }) {
                    estate.machines[number].size = PlayedEstate.prices[place + 1].0
                    estate.machines[number].rates.append((estate.today, estate.machines[number].cents(on: estate.today) * 2))
                    estate.machines[number].address += "_up"
                }
                guard round == 20, let big = estate.running(of: team).first(where: { estate.machines[$0].address.hasSuffix("_up") }) else {
                    return
                }
                downsize(&estate, big)
                if turn < 2 { estate.merged.removeLast() }
                estate.machines[big].address = String(estate.machines[big].address.dropLast(3))
            }
        ]
        + [35, 60].map { wait in
            Move(
                "make an idle machine, and merge its smaller size after \(wait) days",
                byRight: { estate, team, day in
                    if day == 1 { pad(&estate, team, 9_000, cents: 460) }
                    guard day == 1 + wait, let number = estate.machines.firstIndex(where: { $0.id == "i-\(team)pad9000" }) else { return }
                    estate.machines[number].rates.append((estate.today, 230))
                }, mends: true
            ) { estate, team, day in
                if day == 1 {
                    pad(&estate, team, 9_000, cents: 460)
                    estate.machines[estate.machines.count - 1].size = "m5.xlarge"
                    estate.machines[estate.machines.count - 1].isBusy = false
                }
                if day == 1 + wait, let number = estate.machines.firstIndex(where: { $0.id == "i-\(team)pad9000" }) {
                    downsize(&estate, number)
                }
            }
        }
        + [
            Move("80 dollars of what is in order, for four weeks") { estate, team, day in
                if day == 0 { pad(&estate, team, 0, cents: 286) }
                if day == 28, let number = estate.machines.firstIndex(where: { $0.id == "i-\(team)pad0" }) {
                    estate.machines[number].until = estate.today
                }
            },
            Move.bad(
                "make sixteen small ones of each, which save too little",
                { estate, number, day in
                    guard day == 2 else { return }
                    estate.split(number, into: 16, named: "part")
                }),
            Move.once("five dollars of what is in order, for good", { estate, team in pad(&estate, team, 1, cents: 18) }),
            Move("a large thing that is in order for four weeks") { estate, team, day in
                if day == 0 { pad(&estate, team, 2, cents: 400) }
                if day == 28, let number = estate.machines.firstIndex(where: { $0.id == "i-\(team)pad2" }) {
                    estate.machines[number].until = estate.today
                }
            },
        ]
}

// MARK: What is measured

extension Move {
    static let evidence: [Move] = [
        Move.bad("no memory metric", { estate, number, day in estate.machines[number].hasMemory = false }),
        Move.bad("no memory metric every other week", { estate, number, day in estate.machines[number].hasMemory = day / 7 % 2 == 1 }),
        Move.bad("one sample too few", { estate, number, day in estate.machines[number].samples = 79 }),
        Move.bad("no samples for a day, every eight", { estate, number, day in estate.machines[number].samples = day % 8 == 0 ? 0 : 84 }),
        Move.bad("critical = true", { estate, number, day in estate.machines[number].tags["critical"] = "true" }),
        Move.bad(
            "critical = true every other week",
            { estate, number, day in
                estate.machines[number].tags["critical"] = day / 7 % 2 == 0 ? "true" : "false"
            }),
        Move("a torn file of everybody's, every third day") { estate, _, day in
            estate.gap = day % 3 == 0 ? Set(estate.teams) : nil
        },
        Move("a broken root of one's own") { estate, team, day in estate.gap = [team] },
        Move("a broken root of one's own, every other week") { estate, team, day in estate.gap = day / 7 % 2 == 0 ? [team] : nil },
    ]
}
