import CostModel

/// What versions cost whose standard support is over: extended support, which may cost many times what the service does.
///
/// The vendor's calendars, as of the built-in list's newest prices of November 2026. What is over stays over, so that the day of an estimate does not matter.
enum AWSSupport {
    /// The newest minor version of Kubernetes 1 whose standard support is over.
    private static let lastKubernetes = 33

    static func isOver(kubernetes version: String) -> Bool {
        let parts = version.split(separator: ".").compactMap { Int($0) }
        return parts.count >= 2 && parts[0] == 1 && parts[1] <= lastKubernetes
    }

    enum Database {
        /// Of the first two years after standard support, which cost the same.
        case early
        /// Of the third one, which costs more.
        case late
    }

    /// The vCPUs of `db.m5.4xlarge`, by its size; nil: the size does not say it.
    static func cores(ofClass type: String) -> Int? {
        let parts = type.split(separator: ".").map(String.init)
        guard parts.count == 3 else { return nil }
        switch parts[2] {
        case "micro", "small", "medium": return ["t3", "t4g"].contains(parts[1]) ? 2 : nil
        case "large": return 2
        case "xlarge": return 4
        default:
            guard parts[2].hasSuffix("xlarge"), let times = Int(parts[2].dropLast(6)), (1...64).contains(times) else { return nil }
            return 4 * times
        }
    }

    /// Nil: the version is in standard support, or the code does not say which it is.
    static func database(_ engine: String, version: String?) -> Database? {
        guard let version else { return nil }
        let parts = version.split(separator: ".").map(String.init)
        guard let major = parts.first.flatMap({ Int($0) }) else { return nil }
        switch engine {
        case "mysql": return major == 5 ? .late : version == "8.0" || version.hasPrefix("8.0.") ? .early : nil
        case "aurora", "aurora-mysql": return major == 5 ? .early : nil
        case "postgres", "aurora-postgresql": return major <= 11 ? .late : major <= 13 ? .early : nil
        default: return nil
        }
    }
}

extension PriceDraft {
    /// - Parameter type: `db.m5.large`, of which the machine's vCPUs count.
    mutating func extendedSupport(_ engine: String, version: String?, class type: String, isEnabled: Bool) {
        guard isEnabled, let support = AWSSupport.database(engine, version: version) else { return }
        guard support == .early else {
            return unpriced(
                "extended support", "hour", because: "no list has the price of its third year, and it may be more than the instance's")
        }
        guard let cores = AWSSupport.cores(ofClass: type) else {
            return unpriced("extended support", "hour", because: "it is charged by the vCPU, and how many '\(type)' has is not known")
        }
        var part = PricedPart(
            name: "extended support", quantity: FixedDecimal(cores).multiplied(by: Self.hoursPerMonth), unit: "vCPU-hour",
            options: [published("Extended support (year 1)", units: ["vCPU-hours"], type: "aws_db_instance")],
            note: "for the vCPUs of one instance")
        part.remark = "it may cost more than the instance"
        add(part)
    }

    /// Whether code leaves extended support on, as it is where nothing is said.
    func wantsExtendedSupport(_ arguments: Arguments?) throws(EstimateObstacle) -> Bool {
        try arguments?.text("engine_lifecycle_support") != "open-source-rds-extended-support-disabled"
    }
}
