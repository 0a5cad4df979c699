import CostModel

/// The formats of bills that are read: for each word of a cost source's `format` the one that reads it.
enum BillFormats {
    static let all = BillFormatName.allCases.compactMap(format)

    /// Nil: whatever each file looks like.
    static func format(named name: BillFormatName) -> (any BillFormat)? {
        switch name {
        case .auto: nil
        case .focus: FOCUSFormat()
        case .awsCUR: AWSCURFormat()
        case .awsCUR2: AWSCUR2Format()
        case .azure: AzureFormat()
        case .gcp: GCPFormat()
        case .oci: OCIFormat()
        case .costExplorer: CostExplorerFormat()
        case .openCost: OpenCostFormat()
        }
    }

    /// What a file looks like; nil: like nothing that is known.
    static func recognised(_ file: BillFile) throws(FileFault) -> (any BillFormat)? {
        for format in all where try format.recognises(file) { return format }
        return nil
    }
}
