import CostModel

/// What a server is asked, in PromQL.
///
/// Of a machine `cpu` and `memory` are percent of its capacity. Time that the processor waits for a disk or is taken by other machines is
/// not idle: what might be needed is not taken away. Rates look back five minutes, or a step where that is longer, so that no time is
/// passed over. What is counted by the sample (bytes, operations) is the rate times the step.
struct PrometheusQueries {
    let server: MetricServer

    /// By metric: the shape's, and the operator's own in their place.
    var all: [(metric: Metric, text: String)] {
        var queries = server.queries
        for metric in server.metrics where queries[metric] == nil {
            if let query = server.shape.flatMap({ query(metric, $0) }) { queries[metric] = query }
        }
        return queries.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// What a shape is asked for and does not have.
    var missing: [Metric] {
        guard let shape = server.shape else { return [] }
        return server.metrics.filter { server.queries[$0] == nil && query($0, shape) == nil }
    }

    private func query(_ metric: Metric, _ shape: MetricServer.Shape) -> String? {
        switch shape {
        case .nodeExporter: nodeExporter(metric)
        case .cAdvisor: cAdvisor(metric)
        }
    }

    private func nodeExporter(_ metric: Metric) -> String? {
        switch metric {
        case .cpu: "clamp_min(100 * (1 - avg by (\(label)) (\(rate("node_cpu_seconds_total", "mode=\"idle\"")))), 0)"
        case .memory:
            "clamp_min(100 * (1 - max by (\(label)) (\(series("node_memory_MemAvailable_bytes")))"
                + " / max by (\(label)) (\(series("node_memory_MemTotal_bytes")))), 0)"
        case .networkIn: "\(seconds) * sum by (\(label)) (\(rate("node_network_receive_bytes_total", "device!=\"lo\"")))"
        case .networkOut: "\(seconds) * sum by (\(label)) (\(rate("node_network_transmit_bytes_total", "device!=\"lo\"")))"
        case .diskOperations:
            "\(seconds) * (sum by (\(label)) (\(rate("node_disk_reads_completed_total")))"
                + " + sum by (\(label)) (\(rate("node_disk_writes_completed_total"))))"
        case .connections: nil
        }
    }

    private func cAdvisor(_ metric: Metric) -> String? {
        switch metric {
        case .cpu:
            "100 * sum by (\(label)) (\(rate("container_cpu_usage_seconds_total", "id=\"/\"")))"
                + " / max by (\(label)) (\(series("machine_cpu_cores")))"
        case .memory:
            "100 * max by (\(label)) (\(series("container_memory_working_set_bytes", "id=\"/\"")))"
                + " / max by (\(label)) (\(series("machine_memory_bytes")))"
        case .networkIn: "\(seconds) * sum by (\(label)) (\(rate("container_network_receive_bytes_total", "id=\"/\"")))"
        case .networkOut: "\(seconds) * sum by (\(label)) (\(rate("container_network_transmit_bytes_total", "id=\"/\"")))"
        case .connections, .diskOperations: nil
        }
    }

    private var label: String { server.resourceLabel }
    private var seconds: Int64 { server.step.seconds }

    private func rate(_ name: String, _ matchers: String...) -> String {
        "rate(\(series(name, matchers))[\(max(300, seconds))s])"
    }

    private func series(_ name: String, _ matchers: String...) -> String { series(name, matchers) }

    private func series(_ name: String, _ matchers: [String]) -> String {
        let all = (matchers + [server.selector]).filter { !$0.isEmpty }
        return all.isEmpty ? name : "\(name){\(all.joined(separator: ","))}"
    }
}
