import CostModel

/// What the rows of a file say, by billing month and day: enough to tell a delivery that restates another one from its other half.
final class DeliverySurvey {
    struct Tally: Hashable {
        var rows = 0
        /// The same for the same rows in whatever order.
        var digest: UInt64 = 0
        var cost = FixedDecimal.zero
        var billed = FixedDecimal.zero
        /// Of the rows those that correct what was billed.
        var corrections = 0

        static func += (a: inout Tally, b: Tally) {
            a.rows += b.rows
            a.digest &+= b.digest
            a.cost += b.cost
            a.billed += b.billed
            a.corrections += b.corrections
        }

        func isSame(as other: Tally) -> Bool { rows == other.rows && digest == other.digest }

        /// Whether both say the same of a cost, to the last digit.
        func costsSame(as other: Tally) -> Bool {
            !cost.isZero && cost == other.cost || !billed.isZero && billed == other.billed
        }
    }

    /// By which rows are compared.
    let hash: ByteHash
    private(set) var months: [Month: [Day: Tally]] = [:]
    /// The costs that the file can state.
    var costs = StatedCosts.all
    /// Its format, and the columns that it has.
    var shape = ""

    init(_ hash: ByteHash = ByteHash(), months: [Month: [Day: Tally]] = [:]) {
        self.hash = hash
        self.months = months
    }

    func add(_ charge: Charge, billedIn month: Month, digest: UInt64) {
        months[month, default: [:]][charge.day, default: Tally()] += Tally(
            rows: 1, digest: digest, cost: charge.amounts.effective, billed: charge.amounts.billed,
            corrections: charge.category == .adjustment ? 1 : 0)
    }
}

/// Which billing months of which files do not count, because another delivery states them again.
struct DeliveryPlan {
    /// By the index of a file among all.
    private(set) var excluded: [Int: Set<Month>] = [:]
    private(set) var problems: [ObservationProblem] = []
    /// By source: of how many days at the end of a delivery rows still arrived with later ones.
    private(set) var lateDays: [Int: Int] = [:]
    /// Of days that changed longer ago rows were corrected; they were not late.
    private static let mostLate = 7

    /// The files of one run of an export.
    private struct Delivery {
        var name: DeliveryName
        var files: [Int]
        var months: [Month: [Day: DeliverySurvey.Tally]] = [:]
        var costs: StatedCosts = []
        var shapes: Set<String> = []

        init(_ name: DeliveryName, _ files: [Int], _ surveys: [Int: DeliverySurvey]) {
            self.name = name
            self.files = files
            for file in files {
                costs.formUnion(surveys[file]?.costs ?? .all)
                if let shape = surveys[file]?.shape { shapes.insert(shape) }
                for (month, days) in surveys[file]?.months ?? [:] {
                    for (day, tally) in days { months[month, default: [:]][day, default: DeliverySurvey.Tally()] += tally }
                }
            }
        }

        func onlyCorrects(_ month: Month) -> Bool { months[month]?.values.allSatisfy { $0.rows == $0.corrections } ?? false }
    }

    /// Of each billing month of a snapshot source the newest delivery counts that is whole: one that states fewer days than an older one was
    /// cut off, or is still being written. One that counts for a later month and of this one has only adjustments does not state the month
    /// again: it corrects it, and its rows count beside those that it corrects.
    ///
    /// - Parameter gaps: why a delivery is known not to be whole.
    mutating func addSnapshot(
        _ files: [Int], of source: Int, names: [ObservedFile], surveys: [Int: DeliverySurvey], gaps: [DeliveryName: String]
    ) {
        let deliveries = Self.deliveries(files, names, surveys).sorted { $1.name < $0.name }
        var kept: Set<Pair> = []
        var counting: Set<DeliveryName> = []
        for month in Set(deliveries.flatMap(\.months.keys)).sorted(by: >) {
            var stating = deliveries.filter { $0.months[month] != nil }
            if stating.contains(where: { !$0.onlyCorrects(month) }) {
                let correcting = stating.filter { $0.onlyCorrects(month) && $0.months.keys.contains { $0 > month } }
                for delivery in correcting where counting.contains(delivery.name) {
                    for file in delivery.files { kept.insert(Pair(file: file, month: month)) }
                }
                stating.removeAll { delivery in correcting.contains { $0.name == delivery.name } }
            }
            let counts = stating.map { $0.months[month]?.count ?? 0 }
            func isLargest(_ at: Int) -> Bool { counts[at...].allSatisfy { $0 <= counts[at] } }
            let whole = counts.indices.filter { gaps[stating[$0].name] == nil }
            let chosen =
                whole.first { at in whole.allSatisfy { $0 < at || counts[$0] <= counts[at] } } ?? counts.indices.first(where: isLargest)
                ?? 0
            if let gap = gaps[stating[chosen].name] { add(.partial, names[stating[chosen].files[0]], "\(month) is not whole: \(gap)") }
            counting.insert(stating[chosen].name)
            for file in stating[chosen].files { kept.insert(Pair(file: file, month: month)) }
            for at in stating.indices.dropFirst() {
                let late = Self.late(stating[at].months[month] ?? [:], then: stating[at - 1].months[month] ?? [:])
                lateDays[source] = max(lateDays[source] ?? 0, late)
            }
            let cost = stating.map { $0.months[month]?.values.reduce(FixedDecimal.zero) { $0 + $1.cost } ?? .zero }
            if chosen > 0, let gap = gaps[stating[0].name] {
                add(
                    .warning, names[stating[0].files[0]],
                    "\(month) is not whole: \(gap); \(stating[chosen].name.description) counts")
            } else if chosen > 0 {
                add(
                    .warning, names[stating[0].files[0]],
                    "states \(counts[0]) \(counts[0] == 1 ? "day" : "days") of \(month), \(stating[chosen].name.description) states "
                        + "\(counts[chosen]): it is not whole, and the older delivery counts")
            } else if stating.count > 1, cost[0] < cost[1] {
                add(
                    .note, names[stating[0].files[0]],
                    "\(month) shrinks from \(cost[1].rounded(to: 2)) in \(stating[1].name.description) to \(cost[0].rounded(to: 2))")
            }
        }
        for delivery in deliveries {
            for file in delivery.files {
                for month in delivery.months.keys where !kept.contains(Pair(file: file, month: month)) {
                    excluded[file, default: []].insert(month)
                }
            }
        }
    }

    /// How many days at the end of a delivery had more rows, or other costs, in the next one.
    private static func late(_ days: [Day: DeliverySurvey.Tally], then later: [Day: DeliverySurvey.Tally]) -> Int {
        guard let last = days.keys.max(), days.count <= later.count else { return 0 }
        let changed = (0..<mostLate).filter { back in
            let day = last.advanced(by: -back)
            guard let now = days[day], let then = later[day] else { return false }
            return now.rows != then.rows || now.cost != then.cost
        }
        return changed.max().map { $0 + 1 } ?? 0
    }

    /// Of a source of parts nothing is restated; where a file says again what another one says, it counts once.
    mutating func addParts(_ files: [Int], names: [ObservedFile], surveys: [Int: DeliverySurvey]) {
        let deliveries = Self.deliveries(files, names, surveys).sorted { $0.name < $1.name }
        for (at, one) in deliveries.enumerated() {
            for month in one.months.keys.sorted() {
                guard let days = one.months[month] else { continue }
                for (other, rival) in deliveries.enumerated() where other != at && !one.costs.isDisjoint(with: rival.costs) {
                    guard let theirs = rival.months[month], !(excluded[rival.files[0]]?.contains(month) ?? false) else { continue }
                    let common = days.filter { theirs[$0.key] != nil }
                    let same = common.count { theirs[$0.key].map($0.value.isSame) ?? false }
                    guard same > 0, same * 2 > common.count else {
                        if at < other, one.shapes.isDisjoint(with: rival.shapes) { addOtherShape(one.name, rival, month, common, names) }
                        continue
                    }
                    let isPart = common.count == days.count
                    let isWhole = common.count == theirs.count
                    guard isPart else {
                        // Neither holds the other: whichever were left out, days would be lost.
                        if !isWhole, at < other {
                            add(
                                .partial, names[one.files[0]],
                                "\(same) days of \(month) stand in \(rival.name.description), too, and count twice")
                        }
                        continue
                    }
                    // Of two that are the same the later one counts.
                    guard !isWhole || other > at else { continue }
                    for file in one.files { excluded[file, default: []].insert(month) }
                    add(
                        .note, names[one.files[0]],
                        "\(month) is stated again, with \(theirs.count) days, by \(rival.name.description): its \(days.count) days count once; "
                            + "'delivery: snapshot' says that later files replace earlier ones")
                    break
                }
            }
        }
    }

    /// In another format, or with other columns, no row is the same; but the days of one bill cost the same to the last digit, and those of two do
    /// not. Which of them is to count nobody but the reader can say.
    private mutating func addOtherShape(
        _ name: DeliveryName, _ rival: Delivery, _ month: Month, _ days: [Day: DeliverySurvey.Tally], _ names: [ObservedFile]
    ) {
        let same = days.count { day, tally in rival.months[month]?[day].map(tally.costsSame) ?? false }
        guard same > 0, same * 2 > days.count else { return }
        add(
            .partial, names[rival.files[0]],
            "\(month) counts twice: \(name.description) states it, too, in another form; \(same) of \(days.count) days cost the same in both, to the "
                + "last digit; name one of them")
    }

    var isEmpty: Bool { excluded.isEmpty && problems.isEmpty }

    private struct Pair: Hashable {
        var file: Int
        var month: Month
    }

    private static func deliveries(_ files: [Int], _ names: [ObservedFile], _ surveys: [Int: DeliverySurvey]) -> [Delivery] {
        Dictionary(grouping: files) { DeliveryName(names[$0].name) }.map { Delivery($0.key, $0.value, surveys) }
    }

    private mutating func add(_ severity: ObservationProblem.Severity, _ file: ObservedFile, _ message: String) {
        problems.append(ObservationProblem(severity, id: "delivery", file: file.name, message))
    }
}
