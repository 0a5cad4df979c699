import CostModel
import Reporting

extension Fixtures {
    /// A team with many resources that lack the same tags, instances of one block, and names of every kind: more than a terminal shows.
    static var estate: CheckReport {
        var report = check
        report.result.findings = findings + untagged
        report.mark(fixable: Set(untagged.map(\.id)).union(findings.filter(\.isFixable).map(\.id)))
        report.result.summary.findings = FindingCounts(report.result.findings)
        return report
    }

    private static var untagged: [Finding] {
        let names = [
            #"module.network.aws_subnet.private["eu-west-1a"]"#, #"module.network.aws_subnet.private["eu-west-1b"]"#,
            #"module.network.aws_subnet.private["eu-west-1c"]"#, "aws_vpc.this", "aws_instance.请求处理服务器", "aws_lambda_function.📦",
        ]
        let others = (1...24).map { "module.very_long_name_of_a_module_\($0).module.inner.aws_cloudwatch_log_group.flow_log[0]" }
        return (names + others).enumerated().flatMap { index, address in
            ["cost-center", "environment", "team"].map { key in
                Finding(
                    policy: tagging, rule: "missing-tag", verdict: .fail, team: "network", message: "required tag '\(key)' is missing",
                    subject: key, proposal: [key: "x"],
                    resource: .init(
                        identity: .init(root: "infra/network", address: address), id: nil, type: "aws_x", provider: "aws"),
                    location: Place(file: "modules/network/main.tf", line: address.contains("aws_subnet") ? 7 : index + 10),
                    atStake: usd(index < 6 ? 60 - 5 * index : 0))
            }
        }
    }
}
