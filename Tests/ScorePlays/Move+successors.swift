import CostModel

// MARK: Another one in its place

extension Move {
    static let successors: [Move] =
        [5, 13].map { period in
            Move(
                "make the next one first and remove the last one then, every \(period) days",
                byRight: { estate, team, day in
                    // Both are paid for on one day.
                    guard day % period == 0 else { return }
                    let bad = estate.running(of: team).map { estate.machines[$0] }.filter { estate.lacksTag($0) || estate.isOversized($0) }
                    pad(&estate, team, 7_000_000 + Int(estate.today.number), cents: bad.reduce(0) { $0 + $1.cents(on: estate.today) })
                    estate.machines[estate.machines.count - 1].until = estate.today.advanced(by: 1)
                }
            ) { estate, team, day in
                for number in estate.running(of: team)
                where estate.lacksTag(estate.machines[number]) || estate.isOversized(estate.machines[number]) {
                    let machine = estate.machines[number]
                    if day % period == 0, machine.since < estate.today {
                        estate.append(machine, address: "aws_instance.s\(number)d\(day)")
                    } else if day % period == 1, machine.since < estate.today.advanced(by: -1) {
                        estate.machines[number].until = estate.today
                    }
                }
            }
        }
        + [
            Move.bad(
                "make it anew outside the code", grace: applying,
                { estate, number, day in
                    guard day == 0 else { return }
                    estate.recreate(number, address: estate.machines[number].address)
                    estate.machines[estate.machines.count - 1].isInCode = false
                }),
            Move.bad(
                "make it anew outside the code, as three, without tags", grace: applying,
                { estate, number, day in
                    guard day == 0 else { return }
                    estate.split(number, into: 3, named: "out")
                    for part in estate.machines.indices.suffix(3) {
                        estate.machines[part].isInCode = false
                        estate.machines[part].tags = [:]
                    }
                }),
            Move.bad(
                "remove it from the code and declare a cheap one like it", grace: applying,
                { estate, number, day in
                    guard day == 0 else { return }
                    estate.append(estate.machines[number], address: estate.machines[number].address + "_cheap")
                    estate.machines[estate.machines.count - 1].rates = [(estate.today, 10)]
                    estate.machines[number].isInCode = false
                }),
            Move.bad(
                "make three of each, in three roots, which save too little",
                { estate, number, day in
                    guard day == 2 else { return }
                    estate.split(number, into: 3, named: "third")
                    for (count, part) in estate.machines.indices.suffix(3).enumerated() { estate.machines[part].root += "\(count)" }
                }),
            Move.bad(
                "exchange the tag that is missing, every 13 days",
                { estate, number, day in
                    guard day % 13 == 0, estate.lacksTag(estate.machines[number]) else { return }
                    estate.exchangeTag(of: number)
                }),
            Move.bad(
                "take a tag away and add the one that was missing a day later, every 13 days", mends: true,
                { estate, number, day in
                    guard estate.lacksTag(estate.machines[number]) else { return }
                    let missing = estate.machines[number].tags["cost-center"] == nil ? "cost-center" : "environment"
                    if day % 13 == 0 {
                        estate.machines[number].tags[missing == "cost-center" ? "environment" : "cost-center"] = nil
                    } else if day % 13 == 1, estate.machines[number].tags["environment"] == nil {
                        let added = day / 13 % 2 == 0 ? "cost-center" : "environment"
                        estate.machines[number].tags[added] = added == "environment" ? "prod" : "CC-1000"
                    }
                }),
        ]
}

extension PlayedEstate {
    /// Makes the same once more, and leaves the one that is there.
    fileprivate mutating func append(_ machine: Machine, address: String) {
        var next = machine
        next.address = address
        next.id = "i-\(address)-\(today)"
        next.since = today
        next.rates = [(today, machine.cents(on: today))]
        machines.append(next)
    }

    /// Destroys a machine and makes some small ones of it, the last ones of all.
    mutating func split(_ number: Int, into count: Int, named name: String) {
        let whole = machines[number]
        machines[number].until = today
        let cents = whole.cents(on: today)
        for part in 0..<count {
            var small = whole
            small.address += "_\(name)\(part)"
            small.id += "-\(name)\(part)"
            small.since = today
            small.rates = [(today, cents / count + (part < cents % count ? 1 : 0))]
            machines.append(small)
        }
    }

    fileprivate mutating func exchangeTag(of number: Int) {
        if machines[number].tags["cost-center"] == nil {
            machines[number].tags["cost-center"] = "CC-1000"
            machines[number].tags["environment"] = nil
        } else {
            machines[number].tags["cost-center"] = nil
            machines[number].tags["environment"] = "prod"
        }
    }
}
