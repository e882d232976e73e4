{{- define "plugins.name" -}}
{{- $name := ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) (contains .Chart.Name .Release.Name) -}}
{{- $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "plugins.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "plugins.labels" -}}
{{ include "plugins.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "plugins.serviceAccount" -}}
{{- .Values.serviceAccount.existingName | default (include "plugins.name" .) -}}
{{- end -}}

{{- define "plugins.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- /* Guests may reserve half of the heap, so what they need counts twice; 512 MiB are the service's own. */ -}}
{{- define "plugins.heapMiB" -}}
{{- $guests := mul .Values.cores .Values.guests.callsPerCore .Values.guests.largestCallMiB -}}
{{- add 512 (mul 2 $guests) -}}
{{- end -}}

{{- /* Beside the heap: 384 MiB of class data and compiled modules, 128 MiB of buffers, 256 MiB of compiled code, thread stacks and the JVM itself;
       704 MiB of the process that tries an uploaded module of 5 MiB; and 144 MiB for each worker. */ -}}
{{- define "plugins.memoryMiB" -}}
{{- add 768 704 (include "plugins.heapMiB" .) (mul 144 .Values.guests.isolatedWorkers) -}}
{{- end -}}

{{- define "plugins.fromSecret" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end -}}
