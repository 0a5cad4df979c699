/// Where the code of a resource says that it will run.
package enum ResourceRegion: Hashable, Sendable {
    /// Nobody asked.
    case unread
    /// `us-east-1`, `westeurope`, `europe-west3`.
    case known(String)
    /// Why it cannot be known from the code.
    case unknown(String)

    /// A region's name as providers' lists write it: `West Europe` is `westeurope`.
    package static func named(_ text: String) -> String {
        String(text.lowercased().unicodeScalars.filter { $0 != " " })
    }

    /// Whether a region is neither one of China's, whose prices are in another currency, nor a government's.
    package static func isCommercial(_ region: String) -> Bool {
        !region.hasPrefix("cn-") && !region.contains("-gov-") && !region.hasPrefix("china") && !region.hasPrefix("usgov")
    }
}

/// How an evaluation says that a value is known after apply only, and of which resource it is.
///
/// The address of what a value comes from is often all that is needed: which launch template, which cluster.
package enum AfterApply {
    private static let words = "known only after apply: "

    /// - Parameter value: `aws_launch_template.web.id`
    package static func reason(_ value: String) -> String { words + value }

    /// The address of the resource that a value is of: `aws_launch_template.web` of `known only after apply: aws_launch_template.web.id`.
    package static func address(in reason: String) -> String? {
        guard reason.hasPrefix(words) else { return nil }
        let value = reason.dropFirst(words.count)
        guard let dot = value.lastIndex(of: ".") else { return nil }
        let address = value[..<dot]
        // `aws_launch_template.web` alone is a whole resource.
        return String(address.contains(".") ? address : value)
    }
}
