import CostModel

extension EstimateAccuracy {
    /// `estimates of 12 resources were off by 4.20 % (median); 3 wait for the bill`
    package var sentence: String {
        let pending = waiting > 0 ? "; \(waiting) \(waiting == 1 ? "waits" : "wait") for the bill" : ""
        guard let all else { return waiting > 0 ? "\(counted(waiting, "estimate")) \(waiting == 1 ? "waits" : "wait") for the bill" : "" }
        return "estimates of \(counted(all.judged, "resource")) were off by \(all.medianError) % (median)" + pending
    }
}

extension EstimateAccuracy.Group {
    /// `aws_db_instance has been off by 38.10 % (median of 5)`
    var reminder: String { "\(name) has been off by \(medianError) % (median of \(judged))" }
}

extension Points {
    /// `+4.20 %`, `-12.00 %`
    var signedPercent: String { "\(hundredths > 0 ? "+" : "")\(self) %" }
}
