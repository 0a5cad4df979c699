package import CostModel
package import JSON

/// What `explain` says: one thing, and everything known of it, in sections of labelled lines.
package struct ExplainReport: Report {
    package enum Subject: String, Hashable, Sendable { case finding, policy, rule, resource, row, team, allocation }

    package struct Section: Hashable, Sendable {
        package struct Line: Hashable, Sendable {
            package var label: String
            package var text: String

            package init(_ label: String, _ text: String) {
                self.label = label
                self.text = text
            }
        }

        package var title: String
        package var lines: [Line]

        /// Lines without a text are left out.
        package init(_ title: String, _ lines: [(label: String, text: String?)]) {
            self.title = title
            self.lines = lines.compactMap { line in line.text.map { Line(line.label, $0) } }
        }
    }

    package var context: ReportContext
    package var subject: Subject
    /// What it is called: a finding's id, `TaggingPolicy/cost-allocation`, `missing-tag`, an address.
    package var name: String
    /// One sentence.
    package var summary: String
    package var sections: [Section]
    package var finding: Finding?
    package var problems: [Problem]

    package init(
        context: ReportContext, subject: Subject, name: String, summary: String, sections: [Section], finding: Finding? = nil,
        problems: [Problem] = []
    ) {
        self.context = context
        self.subject = subject
        self.name = name
        self.summary = summary
        self.sections = sections.filter { !$0.lines.isEmpty }
        self.finding = finding
        self.problems = problems.sorted()
    }
}

extension ExplainReport {
    package func json() -> JSONValue {
        context.header.appending([
            "subject": .string(subject.rawValue), "name": .string(name), "summary": .string(summary),
            "finding": finding.map { JSONValue($0) } ?? .null,
            "sections": .array(
                sections.map { section in
                    [
                        "title": .string(section.title),
                        "lines": .array(section.lines.map { ["label": .string($0.label), "text": .string($0.text)] }),
                    ]
                }),
            "diagnostics": .array(problems.map(JSONValue.init)),
        ])
    }

    package func text(_ style: TextStyle) -> String {
        let title = StyledText(name, .bold) + StyledText(" · \(summary)")
        let parts = sections.map { section in
            // What explains is never cut: it would be the very word one looks for. Of a team's week lines are broken between words.
            let (breaks, width) = (subject == .team, style.width)
            var table = TextTable([.init(), .init("", .leading, breaks ? .wraps : .stays)])
            for line in section.lines { table.append([StyledText(line.label, .dim), StyledText(line.text)]) }
            return StyledText(section.title, .bold).rendered(style) + "\n"
                + table.render(TextStyle(color: style.color, width: breaks ? width : nil))
        }
        let problems = problems.text(style) + (context.gapSentence.map { StyledText($0, .alarm).rendered(style) + "\n" } ?? "")
        return
            ([subject == .team ? title.lines(style).joined() : title.rendered(style) + "\n"] + parts + (problems.isEmpty ? [] : [problems]))
            .joined(separator: "\n")
    }
}
