/// What resources are expected to use in a month, as a person wrote it down: `infracost-usage.yml`.
package struct ExpectedUsage: Hashable, Sendable {
    /// By type, for resources that nothing is said of by their address.
    package var byType: [String: Values] = [:]
    /// By address, `[*]` for any instance.
    package var byAddress: [String: Values] = [:]

    /// What machines run, as lists write it (`Windows`): by type, and by address with `[*]` for any instance.
    package var systems: [String: String] = [:]

    /// Under which key files say it.
    package static let systemKey = "operating_system"

    /// What files may say of it, and how lists write that.
    package static let systemNames = ["linux": "Linux", "windows": "Windows", "rhel": "RHEL", "suse": "SUSE"]

    /// Nil: nothing is said of it.
    package func system(of address: String, type: String) -> String? {
        systems.isEmpty ? nil : systems[address] ?? systems[Self.anyInstance(of: address)] ?? systems[type]
    }

    /// Numbers by their keys; those of nested maps are joined by dots: `standard.storage_gb`.
    package typealias Values = [String: FixedDecimal]

    package init() {}

    package var isEmpty: Bool { byType.isEmpty && byAddress.isEmpty && systems.isEmpty }

    /// What is said of a resource; what its address says goes before its type's defaults, key by key.
    package func values(of address: String, type: String) -> Values {
        guard !isEmpty else { return [:] }
        let preset = byType[type] ?? [:]
        let own = byAddress[address] ?? byAddress[Self.anyInstance(of: address)] ?? [:]
        return preset.merging(own) { _, stated in stated }
    }

    /// `aws_lambda_function.f["a"]` as `aws_lambda_function.f[*]`. Keys may hold anything but are the last thing of an address, or of a module's.
    package static func anyInstance(of address: String) -> String {
        guard address.last == "]", let open = address.lastIndex(of: "[") else { return address }
        return address[..<open] + "[*]"
    }
}
