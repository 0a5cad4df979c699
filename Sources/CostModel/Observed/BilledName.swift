/// One spelling for the names by which bills, metrics and states know a resource.
///
/// The bill rarely writes a name as the state does: Azure's ids differ in case, Google's bill puts the service before the path that
/// Terraform calls the id and writes numbers for projects, machines and disks, and AWS bills parts of EC2 by an ARN that the state does not
/// have. Sources: the providers' documentation of `ResourceId`, `resource.global_name` and `lineItem/ResourceId`.
package enum BilledName {
    /// Two names of one resource have the same comparable form. What is in none of the forms below is its own.
    ///
    /// | written | comparable |
    /// |---|---|
    /// | `/subscriptions/…/resourceGroups/…` in any case | in lower case |
    /// | `//compute.googleapis.com/projects/…`, `https://www.googleapis.com/compute/v1/projects/…` | `projects/…` |
    /// | the same with a number of 10 digits or more behind the last slash, which no two things of Compute Engine share | `compute#number` |
    /// | `//storage.googleapis.com/projects/_/buckets/NAME` | `NAME`: the state's id |
    /// | `arn:aws:ec2:REGION:ACCOUNT:KIND/ID` where the id is unique, such as `vol-0123456789abcdef0` | the id |
    package static func comparable(_ name: String) -> String {
        switch name.utf8.first {
        case UInt8(ascii: "/") where name.utf8.starts(with: "//".utf8): googleName(name.dropFirst(2)) ?? name
        case UInt8(ascii: "/"):
            name.prefix(azurePrefix.count).lowercased() == azurePrefix ? name.lowercased() : name
        case UInt8(ascii: "h") where name.utf8.starts(with: webPrefix.utf8): googleName(name.dropFirst(webPrefix.count)) ?? name
        case UInt8(ascii: "a") where name.utf8.starts(with: "arn:".utf8): partOfEC2(name) ?? name
        default: name
        }
    }

    /// Of something of Compute Engine by the number that it has there.
    package static func compute(number: String) -> String { "compute#\(number)" }

    private static let azurePrefix = "/subscriptions/"
    private static let webPrefix = "https://"

    /// - Parameter name: `compute.googleapis.com/projects/…`, `www.googleapis.com/compute/v1/projects/…`
    private static func googleName(_ name: Substring) -> String? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 3, parts[0].hasSuffix(".googleapis.com"), let start = parts.firstIndex(of: "projects"), let last = parts.last
        else { return nil }
        if parts[0].hasPrefix("storage."), parts.count == start + 4, parts[start + 2] == "buckets" { return String(last) }
        let isCompute = parts[0].hasPrefix("compute.") || parts[1] == "compute"
        if isCompute, last.utf8.count >= 10, last.utf8.allSatisfy({ $0 &- 48 < 10 }) { return compute(number: String(last)) }
        return parts[start...].joined(separator: "/")
    }

    private static func partOfEC2(_ name: String) -> String? {
        let parts = name.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[2] == "ec2", let slash = parts[5].firstIndex(of: "/") else { return nil }
        let id = parts[5][parts[5].index(after: slash)...]
        guard let dash = id.lastIndex(of: "-"), dash > id.startIndex else { return nil }
        let digits = id[id.index(after: dash)...].utf8
        return [8, 17].contains(digits.count) && digits.allSatisfy({ $0 &- 48 < 10 || $0 &- 97 < 6 }) ? String(id) : nil
    }
}

extension Resource {
    /// The names by which the bill and the metrics may know it, as the state writes them, best first.
    package var billedNames: [String] { deployed?.billedNames ?? [] }
}

extension Resource.Deployed {
    package var billedNames: [String] {
        [arn, id, alias].compactMap { $0 }.filter { !$0.isEmpty }
    }

    /// The same in the form that is compared.
    package var comparableNames: [String] { billedNames.map(BilledName.comparable) }
}
