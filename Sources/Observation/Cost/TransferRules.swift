import CostModel

/// Tells of which kind a charge for transfer is, by what its row says.
///
/// AWS names it by usage type and operation; the order is that of its CUDOS dashboards, because one row may fit several. Others say it in the
/// name of a meter or SKU, or only in words.
enum TransferRules {
    /// What a row says of it.
    struct Words {
        /// AWS's usage type, `EUC1-USE1-AWS-Out-Bytes`, and operation, `InterZone-Out`; empty elsewhere.
        var usage = ""
        var operation = ""
        /// The service's name.
        var service = ""
        /// The name of a meter or SKU; AWS's FOCUS has its usage type there.
        var meter = ""
        var description = ""
    }

    /// Nil: the row says nothing by which it could be told.
    static func kind(of words: Words) -> TransferKind? {
        let service = words.service.lowercased().filter { $0 != " " }
        let usage = words.usage.isEmpty && !words.meter.contains(" ") ? words.meter : words.usage
        if let kind = kind(usage: usage, operation: words.operation, service) { return kind }
        guard words.usage.isEmpty else { return .notTransfer }
        let kind = kind(inWords: "\(words.meter) \(words.description)".lowercased(), service)
        let isSilent = words.operation.isEmpty && words.meter.isEmpty && words.description.isEmpty
        return isSilent && kind == .notTransfer ? nil : kind
    }

    /// By AWS's own names; nil: they say nothing of it.
    private static func kind(usage: String, operation: String, _ service: String) -> TransferKind? {
        if operation.contains("VPCPeering-In") || operation.contains("VPCPeering-Out") { return .peering }
        if operation.contains("CreateVpnConnection"), usage.contains("Out-Bytes") { return .vpn }
        if usage.contains("AWS-Out-Bytes") || usage.contains("AWS-In-Bytes") || usage.contains("S3RTC") { return .interRegion }
        if service == "awsdirectconnect" || usage.contains("DataXfer") { return .directConnect }
        if service == "amazoncloudfront" { return .cdn }
        if usage.contains("DataTransfer-Out-Bytes") || usage.contains("-Out-ABytes") { return .internet }
        if usage.contains("DataTransfer-Regional-Bytes") || usage.contains("DataTransfer-xAZ-") { return .interZone }
        if usage.contains("TransitGateway-Bytes") { return .transitGateway }
        if usage.contains("NatGateway-Bytes") || usage.contains("NatGateway-Prvd-Bytes") { return .nat }
        let others = ["DataTransfer", "Out-Bytes", "In-Bytes", "VpcEndpoint-Bytes"]
        return others.contains { usage.contains($0) } || service == "awsdatatransfer" && !usage.isEmpty ? .unknown : nil
    }

    /// What Azure's meters, Google's and Oracle's SKUs, and descriptions say.
    private static func kind(inWords text: String, _ service: String) -> TransferKind {
        func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
        let isTransfer = ["awsdatatransfer", "bandwidth"].contains(service)
        guard isTransfer || says("data transfer", "egress", "ingress", "bandwidth", "data processed", "data processing") else {
            return .notTransfer
        }
        if says("vpn") || service == "vpngateway" { return .vpn }
        if says("interconnect", "expressroute") || service == "expressroute" { return .directConnect }
        if says("peering") || service == "virtualnetwork" && says("egress", "ingress") { return .peering }
        if says("cdn", "front door", "content delivery") || service == "contentdeliverynetwork" { return .cdn }
        if says("nat gateway", "cloud nat") || service == "natgateway" { return .nat }
        if says("transit gateway") { return .transitGateway }
        // What is processed or taken in elsewhere, such as logs, goes nowhere.
        guard isTransfer || says("data transfer", "egress", "bandwidth") else { return .notTransfer }
        if says("availability zone", "inter zone", "inter-zone", "between ec2 azs", "regional data transfer") { return .interZone }
        if says("inter region", "inter-region", "inter continent", "intercontinent", "intra continent") { return .interRegion }
        if says("internet", "data transfer out", "outbound data transfer") { return .internet }
        return .unknown
    }
}

/// The kind of each row, remembered by what it says.
struct TransferColumn: ~Copyable {
    /// Of a row that says nothing by which it could be told.
    static let unsaid: Int32 = -1

    private var known = FieldMemo()
    private var key: [UInt8] = []

    mutating func kind(of row: some BillRow) throws(FieldFault) -> Int32 {
        key.removeAll(keepingCapacity: true)
        for text in [ChargeText.usageType, .operation, .service] { try add(row.text(text)) }
        // Descriptions differ from row to row: they are asked only where nothing else says it.
        if key.first == 0 { for text in [ChargeText.meter, .description] { try add(row.text(text)) } }
        return try key.withUnsafeBufferPointerOfFaults { bytes throws(FieldFault) in
            try known.value(of: bytes) {
                let parts = bytes.split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
                var words = TransferRules.Words(usage: parts[0], operation: parts[1], service: parts[2])
                if parts.count > 5 { (words.meter, words.description) = (parts[3], parts[4]) }
                return TransferRules.kind(of: words)?.rawValue ?? Self.unsaid
            }
        }
    }

    private mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        key += text.lazy.map { $0 == 0 ? 1 : $0 }
        key.append(0)
    }
}

extension [UInt8] {
    /// `withUnsafeBufferPointer` with a typed error.
    fileprivate func withUnsafeBufferPointerOfFaults<Value>(
        _ read: (UnsafeBufferPointer<UInt8>) throws(FieldFault) -> Value
    ) throws(FieldFault) -> Value {
        let result: Result<Value, FieldFault> = withUnsafeBufferPointer { bytes in
            do throws(FieldFault) { return .success(try read(bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
