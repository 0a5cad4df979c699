/// How the files of a bill are written: the words of `format` below `cost`.
///
/// A new case asks for what reads it in Observation's `BillFormats`, which does not compile without.
package enum BillFormatName: String, Hashable, Sendable, CaseIterable {
    /// Whatever each file looks like.
    case auto
    case focus
    case awsCUR = "aws-cur"
    case awsCUR2 = "aws-cur2"
    case azure, gcp, oci
    /// Recognised and named, but no bill.
    case openCost = "opencost"
}

/// What infrastructure code is written in: the words of `format` below `inventory`.
///
/// A new case asks for its reader in Observation's `Inventories` and its editor in Remediation's `Editors`: they do not compile without.
package enum InventoryFormat: String, Hashable, Sendable, CaseIterable {
    case terraform
}

/// How a file of exchange rates is written: the words of `format` below `rates`.
package enum RateFormat: String, Hashable, Sendable, CaseIterable {
    /// The reference rates of the European Central Bank.
    case ecb
}

/// How samples are written, or who is asked for them: the words of `format` below `utilization`.
///
/// A new case asks for what reads it in Observation's `SampleFiles`, which does not compile without.
package enum UtilizationFormat: String, Hashable, Sendable, CaseIterable {
    case csv
    /// The answer of CloudWatch's GetMetricData.
    case cloudWatch = "cloudwatch"
    case azureMonitor = "azure-monitor"
    case googleMonitoring = "google-monitoring"
    /// No files: a server of the operator's is asked.
    case prometheus

    package var isAsked: Bool { self == .prometheus }
}

/// How the cloud's own word is written: the words of `format` below `cloud`.
///
/// A new case asks for what reads it in Observation's `CloudReader`, which does not compile without.
package enum CloudFormat: String, Hashable, Sendable, CaseIterable {
    /// What the Resource Groups Tagging API's GetResources answers: tags by arn.
    case awsTagging = "aws-tagging"
    /// A configuration snapshot of AWS Config.
    case awsConfig = "aws-config"
}
