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
    /// What `aws ce get-cost-and-usage` prints.
    case costExplorer = "cost-explorer"
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
    /// What `az graph query` prints of the table of resources.
    case azureGraph = "azure-graph"
    /// What `gcloud asset list` or `gcloud asset search-all-resources` prints as JSON.
    case googleAssets = "google-assets"
}

/// How recommendations of a provider are written: the words of `format` below `recommendations`.
///
/// A new case asks for what reads it in Observation's `AdviceFiles`, which does not compile without.
package enum AdviceFormat: String, Hashable, Sendable, CaseIterable {
    /// What `aws compute-optimizer get-…-recommendations` prints, or its export in CSV.
    case computeOptimizer = "compute-optimizer"
    /// What `aws cost-optimization-hub list-recommendations` prints.
    case costOptimizationHub = "cost-optimization-hub"
    /// What `az advisor recommendation list` or `az graph query` prints.
    case azureAdvisor = "azure-advisor"
    /// What `gcloud recommender recommendations list` prints as JSON.
    case googleRecommender = "google-recommender"

    /// Who speaks.
    package var provider: String {
        switch self {
        case .computeOptimizer, .costOptimizationHub: "AWS"
        case .azureAdvisor: "Azure"
        case .googleRecommender: "Google"
        }
    }

    /// The service that gives the advice.
    package var title: String {
        switch self {
        case .computeOptimizer: "Compute Optimizer"
        case .costOptimizationHub: "Cost Optimization Hub"
        case .azureAdvisor: "Advisor"
        case .googleRecommender: "Recommender"
        }
    }
}

/// How a log of traffic is written: the words of `format` below `logs`.
package enum LogFormat: String, Hashable, Sendable, CaseIterable {
    /// VPC flow logs of any version in text, by the header that names their fields.
    case vpcFlow = "vpc-flow"
    /// S3's server access logs.
    case s3Access = "s3-access"
    /// CloudFront's standard logs in W3C's form.
    case cloudFront = "cloudfront"
}

/// What a command of the operator's prints: the words of `output` below `commands`. Each is the `format` of the sources that may name it.
package enum CommandOutput: String, Hashable, Sendable, CaseIterable {
    case computeOptimizer = "compute-optimizer"
    case costOptimizationHub = "cost-optimization-hub"
    case azureAdvisor = "azure-advisor"
    case googleRecommender = "google-recommender"
    case awsTagging = "aws-tagging"
    case awsConfig = "aws-config"
    case azureGraph = "azure-graph"
    case googleAssets = "google-assets"
    /// What `aws budgets describe-budgets` prints.
    case awsBudgets = "aws-budgets"
    /// What `aws ce get-cost-and-usage` prints.
    case costExplorer = "cost-explorer"
}

extension CommandOutput {
    package init(_ format: AdviceFormat) {
        switch format {
        case .computeOptimizer: self = .computeOptimizer
        case .costOptimizationHub: self = .costOptimizationHub
        case .azureAdvisor: self = .azureAdvisor
        case .googleRecommender: self = .googleRecommender
        }
    }

    package init(_ format: CloudFormat) {
        switch format {
        case .awsTagging: self = .awsTagging
        case .awsConfig: self = .awsConfig
        case .azureGraph: self = .azureGraph
        case .googleAssets: self = .googleAssets
        }
    }
}
