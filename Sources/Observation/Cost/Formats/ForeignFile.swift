/// Files that people hand over for a bill and that are none: what they are, in one line, and what to export instead.
enum ForeignFile {
    static let signatureLength = 16
    private static let advice = "export the bill as FOCUS in CSV, plain or packed with gzip or zstd"

    /// What a Parquet file needs.
    private static let parquetAdvice = "it needs DuckDB's client, which '--clients FILE' names, to be read; or \(advice)"
    static let parquet = "this is Parquet: \(parquetAdvice)"

    static let json = "this is JSON: expected CSV, or the rows of Google's billing export, one a line; \(advice)"
    static let manifest =
        "this is the manifest of a delivery, and no bill: name the folder, so that the files are read that it names"

    /// By the first bytes; nil: it may be text.
    static func kind(of bytes: [UInt8]) -> String? {
        guard let known = signatures.first(where: { bytes.starts(with: $0.bytes) }) else { return nil }
        return "\(known.name): \(known.advice ?? "expected CSV; \(advice)")"
    }

    private static let signatures: [(bytes: [UInt8], name: String, advice: String?)] = [
        (Array("PK\u{3}\u{4}".utf8), "this is a zip archive or an Excel workbook", "unpack it, or \(advice)"),
        (Array("PAR1".utf8), "this is Parquet", parquetAdvice),
        (Array("ORC".utf8), "this is ORC", nil),
        (Array("Obj\u{1}".utf8), "this is Avro", nil),
        (Array("%PDF".utf8), "this is a PDF", nil),
        (Array("BZh".utf8), "this is packed with bzip2", "unpack it, or pack it with gzip or zstd"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "this is packed with xz", "unpack it, or pack it with gzip or zstd"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "this is a 7z archive", "unpack it, or pack it with gzip or zstd"),
        ([0xD0, 0xCF, 0x11, 0xE0], "this is an old Excel workbook", nil),
        (Array("SQLite format 3".utf8), "this is an SQLite database", nil),
    ]

    /// By the names that its first line gives to its columns.
    static func description(of columns: [String]) -> String {
        let first = columns.first ?? ""
        if columns.allSatisfy(\.isEmpty) {
            return "the first line is blank: expected FOCUS's names of columns there; delete what stands before them"
        }
        if first.hasPrefix("#") || first.hasPrefix("--") || first.hasPrefix("//") {
            return "the first line is a comment: expected FOCUS's names of columns there; delete what stands before them"
        }
        if first.hasPrefix("<") { return "this is HTML or XML: expected CSV; \(advice)" }
        for (mark, name) in [(";", "semicolons"), ("\t", "tabs"), ("|", "pipes")] {
            guard columns.count < FOCUSColumn.required.count, columns.contains(where: { $0.split(separator: mark).count > 2 }) else {
                continue
            }
            return "the columns are separated by \(name): expected commas; \(advice)"
        }
        let names = Set(columns.map { $0.lowercased() })
        for other in otherDatasets where names.contains(other.column) {
            return
                "this is FOCUS's dataset of \(other.name), and no bill: take it out of the bill's files; charges are in the dataset 'Cost and Usage'"
        }
        for dialect in dialects where dialect.columns.contains(where: { name in names.contains { $0.hasPrefix(name) } }) {
            return "this is \(dialect.name), not FOCUS: \(dialect.advice)"
        }
        let shown = columns.prefix(3).map { "'\($0.prefix(40))'" }.joined(separator: ", ")
        return "this is no bill in FOCUS: its columns are \(shown)\(columns.count > 3 ? " and \(columns.count - 3) more" : ""); \(advice)"
    }

    /// What FOCUS 1.3 and 1.4 have beside costs and usage, by a column in lower case.
    private static let otherDatasets = [
        (column: "billingperiodstatus", name: "billing periods"), (column: "contractcommitmentid", name: "contract commitments"),
        (column: "invoicedetailid", name: "invoice details"),
    ]

    /// The providers' own formats, by the beginning of a column that only they have, in lower case.
    private static let dialects: [(columns: [String], name: String, advice: String)] = [
        (
            ["tierminimumunits", "basepriceunit", "pricetype"], "a price sheet",
            "it says what things cost, not what was used; create an export of the type 'Cost and usage details (FOCUS)'"
        ),
        (
            [
                "instanceflexibilitygroup", "usedhours", "reservedhours", "recommendedquantity", "purchasingenrollment", "netsavings",
                "eventtype",
            ],
            "a report on reservations", "it is no bill; create an export of the type 'Cost and usage details (FOCUS)'"
        ),
        (
            ["identity/lineitemid", "lineitem/usageaccountid", "bill/payeraccountid"], "an AWS Cost and Usage Report",
            "say 'format: aws-cur', or create a data export of the table 'FOCUS 1.2 with AWS columns' as gzip CSV"
        ),
        (
            ["line_item_usage_account_id", "bill_billing_period_start_date", "bill_payer_account_id"], "an AWS Cost and Usage Report 2.0",
            "say 'format: aws-cur2', or create a data export of the table 'FOCUS 1.2 with AWS columns' as gzip CSV"
        ),
        (
            ["costinbillingcurrency", "costinusd", "pretaxcost", "metercategory"], "Azure's cost details",
            "say 'format: azure', or create an export of the type 'Cost and usage details (FOCUS)'"
        ),
        (
            ["usage_start_time", "cost_type", "billing_account_id", "project.id"], "Google's billing export",
            "say 'format: gcp', and export every column of the detailed usage cost"
        ),
        (
            ["lineitem/intervalusagestart", "lineitem/referenceno"], "an OCI cost report",
            "say 'format: oci', or take the files below 'FOCUS Reports'"
        ),
    ]
}
