package export

import (
	"encoding/json"
	"fmt"
	"time"

	"lianluo.local/assets/category"
)

// Request is a matter as a service request of Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2, GET Service Requests): what
// the specification names, and nothing of who asked. Times have their zone.
type Request struct {
	ID          string `json:"service_request_id"`
	Status      string `json:"status"` // open, closed
	StatusNotes string `json:"status_notes,omitempty"`
	ServiceName string `json:"service_name"`
	ServiceCode string `json:"service_code"`
	Description string `json:"description"`
	Agency      string `json:"agency_responsible"`
	Notice      string `json:"service_notice,omitempty"`
	Requested   string `json:"requested_datetime"`
	Updated     string `json:"updated_datetime"`
	Expected    string `json:"expected_datetime,omitempty"`
	Address     string `json:"address"`
}

// unsorted is the service of a matter that has no category yet.
const unsorted = "0000"

// Filed gives a request its service by the code of a category, "" for none.
func (r Request) Filed(code string) Request {
	r.ServiceCode, r.ServiceName = unsorted, "未分类"
	if c, ok := category.ByCode(code); ok {
		r.ServiceCode, r.ServiceName = c.Code, c.Name
	}
	return r
}

// service is a kind of request, as GET Service List has it.
type service struct {
	Code        string `json:"service_code"`
	Name        string `json:"service_name"`
	Description string `json:"description"`
	Metadata    bool   `json:"metadata"`
	Type        string `json:"type"`
	Keywords    string `json:"keywords"`
	Group       string `json:"group"`
}

// endpoint is where a program finds the rest, as Service Discovery has it.
type endpoint struct {
	Specification string   `json:"specification"`
	URL           string   `json:"url"`
	Changeset     string   `json:"changeset"`
	Type          string   `json:"type"`
	Formats       []string `json:"formats"`
}

// Requests are the files of Open311, while they are written.
type Requests struct{ file *File }

// Requests begins them: which services there are, where to ask, and then the requests.
func (f *Folder) Requests(contact string, at time.Time) (*Requests, error) {
	services := []service{{unsorted, "未分类", "还没有分类的事项", false, "batch", "", ""}}
	for _, c := range category.All() {
		services = append(services, service{c.Code, c.Name, c.GroupName + "：" + c.Name, false, "batch", c.GroupName, c.GroupName})
	}
	when := at.Format(time.RFC3339)
	discovery := map[string]any{"changeset": when, "contact": contact, "key_service": "", "endpoints": []endpoint{
		{"http://wiki.open311.org/GeoReport_v2", ".", when, "production", []string{"application/json"}}}}
	for _, one := range []struct {
		name, about string
		what        any
		n           int
	}{{"discovery", "Open311 服务说明", discovery, 1}, {"services", "Open311 服务目录（类别）", services, len(services)}} {
		file, err := f.Create("open311/" + one.name + ".json")
		if err != nil {
			return nil, err
		}
		file.About, file.Records = one.about, one.n
		enc := json.NewEncoder(file)
		enc.SetIndent("", " ")
		if err := enc.Encode(one.what); err != nil {
			return nil, fmt.Errorf("export %s: %w", file.Name, err)
		}
		if err := file.Close(); err != nil {
			return nil, err
		}
	}
	file, err := f.Create("open311/requests.json")
	if err != nil {
		return nil, err
	}
	file.About = "Open311 事项"
	_, err = file.Write([]byte("["))
	return &Requests{file}, err
}

// Add writes requests.
func (q *Requests) Add(rs []Request) error {
	for _, r := range rs {
		between := "\n"
		if q.file.Records > 0 {
			between = ",\n"
		}
		b, err := json.Marshal(r)
		if err == nil {
			_, err = q.file.Write(append([]byte(between), b...))
		}
		if err != nil {
			return fmt.Errorf("export %s: %w", q.file.Name, err)
		}
		q.file.Records++
	}
	return nil
}

// Close ends the requests.
func (q *Requests) Close() error {
	if _, err := q.file.Write([]byte("\n]\n")); err != nil {
		return fmt.Errorf("export %s: %w", q.file.Name, err)
	}
	return q.file.Close()
}
