/// CUR 2.0, as Data Exports write it: `line_item_unblended_cost`; products and tags as maps.
struct AWSCUR2Format: CURFormat {
    var title: String { "AWS's CUR 2.0" }

    func spells(_ columns: [String]) -> Bool { columns.contains("product") || columns.contains("resource_tags") }
}
