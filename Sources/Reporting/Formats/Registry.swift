extension ReportFormat {
    /// Every format there is, in the order in which help and documentation list them.
    package static let all: [ReportFormat] = [
        .text,
        .json,
        .markdown,
        .csv,
        .html,
        .svg,
        .sarif,
        .junit,
        .github,
        .gitlab,
        .checkstyle,
    ]

    /// Those that a report of this type can be written in.
    package static func formats(of type: any Report.Type) -> [ReportFormat] { all.filter { $0.writes(type) } }
}
