import CostModel

/// The formats of bills that are read: for each word of a cost source's `format` the one that reads it.
enum BillFormats {
    static let all = BillFormatName.allCases.map(format)

    static func format(named name: BillFormatName) -> any BillFormat {
        switch name {
        case .focus: FOCUSFormat()
        }
    }

    /// What a file looks like; nil: like nothing that is known.
    static func recognised(_ file: BillFile) throws(FileFault) -> (any BillFormat)? {
        for format in all where try format.recognises(file) { return format }
        return nil
    }
}
